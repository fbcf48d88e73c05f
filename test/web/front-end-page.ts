import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

export const FRONT_END_PAGE = path.join(packageRoot, 'docs/front-end.md');

export const readFrontEndPage = (): string => readFileSync(FRONT_END_PAGE, 'utf8');

/** A page with other lines between the comments that name a part of it. */
export function withPart(text: string, name: string, lines: readonly string[]): string {
  const place = new RegExp(`(<!-- ${name}:.*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!place.test(text)) throw new Error(`The page has no part ${name}.`);
  return text.replace(place, (_all, start, end) => `${start}\n${lines.join('\n')}\n\n${end}`);
}
