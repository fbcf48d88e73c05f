import type { Formats } from './formats.ts';

type Values = Readonly<Record<string, string | number>>;

/** A message as the build compiles it: a text, or a function of its values. */
export type Message = string | ((formats: Formats, values: Values) => string);

/** The messages of each language, by key. */
export type Catalogues = Readonly<Record<string, Readonly<Record<string, Message>>>>;

/** The API's sentences in each other language: by the English one, with `#` for each number and quoted value. */
export type ApiSentences = Readonly<Record<string, Readonly<Record<string, string>>>>;
