// Small signs of the interface, drawn with one stroke; what they mean is always said beside them.
const strokes = {
  devices: 'M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-5h4v5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  fleet: 'M4 5h6v6H4zM14 5h6v6h-6zM4 15h6v5H4zM14 15h6v5h-6z',
  settings: 'M4 7h9M17 7h3M15 4.8v4.4M4 12h3M11 12h9M9 9.8v4.4M4 17h7M15 17h5M13 14.8v4.4',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  shield: 'M12 3.5 19 6v6c0 4.5-3 7.3-7 8.5-4-1.2-7-4-7-8.5V6zM8.8 12l2.3 2.3 4.2-4.6',
  silent:
    'M4.5 9.5a11 11 0 0 1 4-2.3M19.5 9.5a11 11 0 0 0-6.6-2.9M8 13.2a6 6 0 0 1 2-1.2M12 17.5h.01M4 4l16 16',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l4.5 4.5',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v3M17.5 20H20M14 20h.5',
  person: 'M12 4.5a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM4.8 20c.6-3.6 3.4-5.6 7.2-5.6s6.6 2 7.2 5.6',
  key: 'M8 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12.8 19.5 4.5M16 8l2.5 2.5M13.5 10.5l1.5 1.5',
  pencil: 'M5 19l.8-3.8L16 5l3 3L8.8 18.2zM13.8 7.2l3 3',
  check: 'M5 12.5 10 17.5 19.5 7',
  label: 'M4 5h9l7 7-7.5 7.5L4 12zM8.2 9h.01',
} as const;

export type SignName = keyof typeof strokes;

export function Sign({ name }: { name: SignName }) {
  return (
    <svg className="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={strokes[name]} />
    </svg>
  );
}
