// The figures of devices' rules that differ from their products'.
import type { DeviceFigures } from '#domain/intake';
import { json, tableOf, text, timeMs } from './columns.js';

export const FiguresEntity = tableOf<DeviceFigures>({
  name: 'device-figures',
  tableName: 'device_figures',
  columns: { deviceId: { ...text, primary: true }, figures: json, changedAt: timeMs, changedBy: text },
});
