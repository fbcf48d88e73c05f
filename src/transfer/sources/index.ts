import type { SourceKind } from '../record-source.ts';
import { jsonLines } from './json-lines.ts';
import { stackExchange } from './stack-exchange/index.ts';

/** The kinds of exports that `parley import` reads, by the names that `--from` takes. */
export const SOURCES: Readonly<Record<string, SourceKind>> = {
  parley: jsonLines,
  stackexchange: stackExchange,
};
