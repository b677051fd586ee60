// What rules were when: every change of a device's own figures, and every definition that a product had.
import type { ProductChange } from '#domain/devices';
import type { DeviceFigures } from '#domain/intake';
import { json, tableOf, text, textOrNull, timeMs } from './columns.js';

export const FiguresEntity = tableOf<DeviceFigures>({
  name: 'device-figures',
  tableName: 'device_figures',
  columns: {
    deviceId: { ...text, primary: true },
    changedAt: { ...timeMs, primary: true },
    figures: json,
    changedBy: text,
  },
});

export const ProductChangeEntity = tableOf<ProductChange>({
  name: 'product-change',
  tableName: 'product_changes',
  columns: {
    productId: { ...text, primary: true },
    at: { ...timeMs, primary: true },
    by: textOrNull,
    definition: json,
  },
});
