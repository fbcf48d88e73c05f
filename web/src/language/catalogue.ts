import type { Formats } from './formats.ts';

type Values = Readonly<Record<string, string | number>>;

/** A message as the build compiles it: a text, or a function of its values. */
export type Message = string | ((formats: Formats, values: Values) => string);

/** The messages of each language, by key. */
export type Catalogues = Readonly<Record<string, Readonly<Record<string, Message>>>>;
