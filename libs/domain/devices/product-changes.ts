// Who must hear that a product was changed; the intake, which decides by its rules, is behind it.

export abstract class ProductChanges {
  abstract changed(productId: string): Promise<void>;
}
