// A finger that presses the button of a device: what to do, without words.
export function ButtonDrawing() {
  return (
    <svg className="press" viewBox="0 0 200 120" aria-hidden="true">
      <rect className="press-device" x="34" y="28" width="96" height="72" rx="18" />
      <circle className="press-wave" cx="106" cy="78" r="12" />
      <circle className="press-button" cx="106" cy="78" r="9" />
      <circle className="press-light" cx="56" cy="48" r="4" />
      <path className="press-grille" d="M52 66h28M52 74h28M52 82h18" />
      <g className="press-finger">
        <path d="M112 82c-4-4 1-11 6-7l9 8 16-4c6-1 10 1 14 5l15 15v21h-36c-5 0-8-3-11-7z" />
      </g>
    </svg>
  );
}
