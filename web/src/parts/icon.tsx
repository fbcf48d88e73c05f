import { writeHtml } from '../http/write-html.ts';

/** The paths of each icon, drawn in a square of 24. */
const SHAPES = {
  search: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m16 16 5 5" />
    </>
  ),
  up: <path d="M12 19V6M6 11.5l6-6 6 6" />,
  down: <path d="M12 5v13M6 12.5l6 6 6-6" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  pin: <path d="M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V20" />,
  lock: (
    <>
      <rect x="6" y="11" width="12" height="9" rx="1.5" />
      <path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3" />
    </>
  ),
  reply: <path d="M9.5 6 4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6V19" />,
  plus: <path d="M12 6v12M6 12h12" />,
  minus: <path d="M6 12h12" />,
  dots: <path d="M6 12h.01M12 12h.01M18 12h.01" stroke-width="3.2" />,
  person: (
    <>
      <circle cx="12" cy="9" r="3.5" />
      <path d="M5.500 20a6.5 6.5 0 0 1 13 0" />
    </>
  ),
  building: <path d="M6 20V5h8v15M14 10h4v10M4 20h16M9 9h2M9 13h2" />,
  bookmark: <path d="M7 4h10v16l-5-4-5 4z" />,
  close: <path d="M7 7l10 10M17 7 7 17" />,
} as const;

export type IconName = keyof typeof SHAPES;

/** An icon beside text that says the same, so that screen readers skip it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** They are the same on every page. */
const SYMBOLS = writeHtml(
  <defs>
    <symbol id="i-brand" viewBox="0 0 26 26">
      <path d="M4 2h12a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4H9l-4.2 3.6A1.1 1.1 0 0 1 3 17.8V14.9A4 4 0 0 1 0 11V6a4 4 0 0 1 4-4z" />
      <path d="M22.4 9.2A4 4 0 0 1 26 13.2v4.300a4 4 0 0 1-2.8 3.8v2.3a1 1 0 0 1-1.7.8L18.3 21.5h-6a4 4 0 0 1-3.6-2.3l1.2-1.2h6.6a6 6 0 0 0 6-6z" />
    </symbol>
    {Object.entries(SHAPES).map(([name, shape]) => (
      <symbol key={name} id={`i-${name}`} viewBox="0 0 24 24">
        {shape}
      </symbol>
    ))}
  </defs>,
);

/** The shapes of all icons, once a page. */
export function IconShapes() {
  return <svg class="sprite" aria-hidden="true" dangerouslySetInnerHTML={{ __html: SYMBOLS }} />;
}
