// A device with its credentials as a row of CSV, and a device without any as one that may lie about.
import type { LabelledDevice, MadeDevice, Product } from '#codecs/api';
import { spokenTicket } from '#codecs/ticket';
import { csvLine } from '../csv-file.js';

/** With what `--certificates` adds. */
export interface CredentialedDevice extends MadeDevice {
  readonly certificate?: string;
  readonly privateKey?: string;
}

type Columns<T> = readonly (readonly [heading: string, of: (device: T) => string | undefined])[];

const credentialColumns: Columns<CredentialedDevice> = [
  ['id', device => device.id],
  ['product', device => device.product],
  ['serial', device => device.serial],
  ['mac', device => device.mac],
  ['ticket', device => device.ticket],
  ['spoken', device => spokenTicket(device.ticket)],
  ['url', device => device.url],
  ['secret', device => device.secret],
  ['pin', device => device.pin],
];

const certificateColumns: Columns<CredentialedDevice> = [
  ['certificate', device => device.certificate],
  ['privateKey', device => device.privateKey],
];

const labelColumns = ({ name }: Product): Columns<LabelledDevice> => [
  ['id', device => device.id],
  ['product', device => device.product],
  ['name_zh', () => name.zh],
  ['name_en', () => name.en],
  ['serial', device => device.serial],
  ['mac', device => device.mac],
  ['ticket', device => device.ticket],
  ['spoken', device => device.spoken],
  ['url', device => device.url],
];

/** A heading, and a line a device. */
export interface Rows<T> {
  readonly heading: string;
  line(device: T): string;
}

export const credentialRows = (withCertificates: boolean): Rows<CredentialedDevice> =>
  rowsOf(withCertificates ? [...credentialColumns, ...certificateColumns] : credentialColumns);

export const labelRows = (product: Product): Rows<LabelledDevice> => rowsOf(labelColumns(product));

function rowsOf<T>(columns: Columns<T>): Rows<T> {
  return {
    heading: csvLine(columns.map(([heading]) => heading)),
    line: device => csvLine(columns.map(([, of]) => of(device) ?? '')),
  };
}
