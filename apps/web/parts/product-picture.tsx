// What a product looks like, drawn by its icon.
import type { AlarmView, Product } from '#codecs/api';

type Icon = Product['icon'];

/** Filled shapes first, then lines over them. */
const drawings: Record<Icon, { readonly soft: string; readonly line: string }> = {
  gas: {
    soft: 'M24 9c2 6 10 10 10 19a10 10 0 0 1-20 0c0-5 3-7 5-11 1 3 3 4 4 4 1-4-1-8 1-12z',
    line: 'M24 9c2 6 10 10 10 19a10 10 0 0 1-20 0c0-5 3-7 5-11 1 3 3 4 4 4 1-4-1-8 1-12zM24 38c-3 0-5-2-5-5 0-3 3-4 5-7 2 3 5 4 5 7 0 3-2 5-5 5z',
  },
  co: {
    soft: 'M13 34a8 8 0 0 1 0-16 11 11 0 0 1 21-1 8.5 8.5 0 0 1 1 17z',
    line: 'M13 34a8 8 0 0 1 0-16 11 11 0 0 1 21-1 8.5 8.5 0 0 1 1 17zM22 24.5a4 4 0 1 0 0 5M30 23a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  },
  smoke: {
    soft: 'M8 24h32v6a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6z',
    line: 'M8 24h32v6a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6zM15 30h4M24 30h9M17 18c-3-3 3-5 0-9M24 18c-3-3 3-5 0-9M31 18c-3-3 3-5 0-9',
  },
  water: {
    soft: 'M24 8c5 7 11 12 11 20a11 11 0 0 1-22 0c0-8 6-13 11-20z',
    line: 'M24 8c5 7 11 12 11 20a11 11 0 0 1-22 0c0-8 6-13 11-20zM19 28a5 5 0 0 0 5 5',
  },
  door: {
    soft: 'M14 8h20v32H14z',
    line: 'M14 40V8h20v32M9 40h30M29 24.5v1M34 8l-9 4v32l9-4',
  },
  motion: {
    soft: 'M24 26a6 6 0 1 0 0-12 6 6 0 0 0 0 12z',
    line: 'M24 26a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM14 40c0-7 4-10 10-10s10 3 10 10M12 12a14 14 0 0 0 0 16M36 12a14 14 0 0 1 0 16',
  },
  camera: {
    soft: 'M24 8a14 14 0 1 0 0 28 14 14 0 0 0 0-28z',
    line: 'M24 8a14 14 0 1 0 0 28 14 14 0 0 0 0-28zM24 16a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM16 41h16M24 36v5M31 14h.01',
  },
  hub: {
    soft: 'M8 26h32v10H8z',
    line: 'M8 26h32v10H8zM14 31h.01M20 31h6M33 26V14M28 14a7 7 0 0 1 10 0M24.5 10.5a12 12 0 0 1 17 0',
  },
  other: {
    soft: 'M10 14h28v20H10z',
    line: 'M10 14h28v20H10zM17 24h.01M24 24h.01M31 24h.01',
  },
};

export function ProductPicture({ icon }: { icon: Icon }) {
  const { soft, line } = drawings[icon];
  return (
    <svg className={`product-picture product-${icon}`} viewBox="0 0 48 48" aria-hidden="true">
      <path className="product-soft" d={soft} />
      <path className="product-line" d={line} />
    </svg>
  );
}

const byKind: Readonly<Record<AlarmView['kind'], Icon>> = {
  gas: 'gas',
  co: 'co',
  smoke: 'smoke',
  water: 'water',
  co2: 'co',
  'left-open': 'door',
  intrusion: 'door',
  tamper: 'other',
  motion: 'motion',
  silence: 'hub',
  battery: 'other',
  fault: 'other',
  'warm-up': 'other',
  'end-of-life': 'other',
  implausible: 'other',
  clock: 'other',
};

/** The picture for a kind of alarm; a page that is older than its gateway has a plain one. */
export function kindPicture(kind: AlarmView['kind']): Icon {
  return byKind[kind] ?? 'other';
}
