// A batch: devices of one product that are made together, and how far their making and the export of their credentials are.

/** What a batch is asked for by; who asks for the same again means the same batch. */
export interface BatchPlan {
  /** Null for one that is made at once. */
  readonly name: string | null;
  readonly productId: string;
  readonly count: number;
  /** The hub that will publish for them. */
  readonly parentId: string | null;
  /** SHA-256, hex, of the list that its serial numbers and MAC addresses come from. */
  readonly unitsHash: string | null;
}

/**
 * Where the export of the credentials stands. Those up to `exported` are in the maker's hands; those after it, up to
 * `issued`, are on their way. A receipt goes with each slice, and whoever shows it holds that slice.
 */
export interface ExportPlace {
  readonly exported: number;
  readonly exportedReceipt: string | null;
  readonly issued: number;
  readonly issuedReceipt: string | null;
}

export interface Batch extends BatchPlan, ExportPlace {
  readonly id: number;
  /** Devices that are there, numbered from 1. */
  readonly made: number;
  readonly createdAt: number;
  /** Since then no credential of it leaves any more. */
  readonly confirmedAt: number | null;
}

export const nothingExported: ExportPlace = {
  exported: 0,
  exportedReceipt: null,
  issued: 0,
  issuedReceipt: null,
};

/** As it is opened. */
export function emptyBatch(plan: BatchPlan, createdAt: number): Omit<Batch, 'id'> {
  return { ...plan, ...nothingExported, made: 0, createdAt, confirmedAt: null };
}
