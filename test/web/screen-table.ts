import { createRequire } from 'node:module';
import { withPart } from './front-end-page.ts';
import type { Screen } from './screens.ts';

/** A screen in one of its states, and how much axe has found on it, all themes and widths together. */
export type Checked = Pick<Screen, 'screen' | 'state'> & { readonly findings: number };

const { version } = createRequire(import.meta.url)('axe-core/package.json') as { version: string };

/** docs/front-end.md with the table of what was checked. */
export function withScreens(text: string, checked: readonly Checked[]): string {
  const screens = [...new Set(checked.map(({ screen }) => screen))];
  const rows = screens.map((screen) => {
    const own = checked.filter((one) => one.screen === screen);
    const findings = own.reduce((sum, one) => sum + one.findings, 0);
    return `| ${screen} | ${own.map(({ state }) => state).join('; ')} | ${findings} |`;
  });
  const table = [
    `axe-core ${version}, in light and dark, 1,280 and 320 pixels wide:`,
    '',
    '| screens | states | findings |',
    '| --- | --- | --- |',
    ...rows,
  ];
  return withPart(text, 'axe', table);
}
