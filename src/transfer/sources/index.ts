import type { SourceKind } from '../record-source.ts';

/** The kinds of exports that `parley import` reads, by the names that `--from` takes. */
export const SOURCES: Readonly<Record<string, SourceKind>> = {};
