import type { SourceKind } from '../record-source.ts';
import { discourse } from './discourse/index.ts';
import { disqus } from './disqus.ts';
import { gitHub } from './github.ts';
import { jsonLines } from './json-lines.ts';
import { reddit } from './reddit.ts';
import { stackExchange } from './stack-exchange/index.ts';

/** The kinds of exports that `parley import` reads, by the names that `--from` takes. */
export const SOURCES: Readonly<Record<string, SourceKind>> = {
  parley: jsonLines,
  stackexchange: stackExchange,
  discourse,
  disqus,
  github: gitHub,
  reddit,
};
