// One device as text: what it is, how it is, and each reading by the name and unit that its product declares.
import type { DeviceDetailView, PresenceView, Product } from '#codecs/api';
import { facts, table, timeText } from '../table.js';

export function deviceText(device: DeviceDetailView): string {
  const { productPage: product, latest } = device;
  const rows =
    latest === null ? [] : [...valueRows(product, latest.values), ...bitRows(product, latest.bits)];
  return [
    facts([
      ['Device', device.id],
      ['Name', device.name],
      ['Serial', device.serial],
      ['Product', `${product.name.en} (${product.id})`],
      ['Binding', device.state],
      ['Home', device.homeId],
      ['Hub', device.parentId],
      ['Presence', presenceText(device.presence)],
      ['Firmware', device.firmware],
      ['Power', device.power],
      ['Interval', `${device.intervalS} s`],
      ['Open alarms', String(device.openAlarms)],
      ['Picture', device.snapshotAt === null ? null : timeText(device.snapshotAt)],
      ['Read', latest === null ? 'nothing yet' : timeText(latest.at)],
    ]),
    rows.length === 0 ? '' : `\n${table(['READING', 'NAME', 'VALUE'], rows)}`,
  ].join('');
}

function presenceText({ state, lastHeardAt }: PresenceView): string {
  return lastHeardAt === null ? state : `${state}, last heard ${timeText(lastHeardAt)}`;
}

function valueRows({ readings }: Product, values: Readonly<Record<string, number>>): string[][] {
  return Object.entries(values).map(([name, value]) => {
    const declared = readings.find(reading => reading.name === name);
    return [name, declared?.label.en ?? '', `${value} ${declared?.unit ?? ''}`];
  });
}

function bitRows({ bits }: Product, states: Readonly<Record<string, boolean>>): string[][] {
  return Object.entries(states).map(([name, isOn]) => {
    const declared = bits.find(bit => bit.name === name);
    return [name, declared?.label.en ?? '', (isOn ? declared?.on.en : declared?.off.en) ?? String(isOn)];
  });
}
