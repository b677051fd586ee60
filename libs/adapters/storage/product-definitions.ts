// The definitions of products as they were read: what reads the same is the same object.
import type { Product } from '#codecs/api';
import type { RawRow } from './record-shape.js';

const mostKept = 1_000;

/** A fleet has few products and many devices, and every device's file in memory names its product. */
export class ProductDefinitions {
  readonly #byText = new Map<string, Product>();

  /** By the product's id. */
  of(rows: readonly RawRow[]): Map<string, Product> {
    return new Map(rows.map(row => [String(row.id), this.#read(String(row.definition))]));
  }

  #read(text: string): Product {
    const known = this.#byText.get(text);
    if (known) return known;
    if (this.#byText.size >= mostKept) this.#byText.clear();
    const definition: Product = JSON.parse(text);
    this.#byText.set(text, definition);
    return definition;
  }
}
