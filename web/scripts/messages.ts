// src/generated/messages.ts from messages/*.json: each ICU message becomes a text or a function with typed values; and
// from messages/api/*.json, the sentences of the API in other languages.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { generatedFolder, webRoot } from './paths.ts';

const folder = path.join(webRoot, 'messages');

/** The language that the keys are taken from; the others must have the same. */
const SOURCE = 'en';

interface Compiled {
  readonly code: string;
  readonly values: ReadonlyMap<string, string>;
}

export async function writeMessages(): Promise<void> {
  const languages = (await readdir(folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));
  languages.sort((a, b) => Number(b === SOURCE) - Number(a === SOURCE) || a.localeCompare(b));
  const catalogues = new Map<string, Map<string, Compiled>>();
  for (const language of languages) catalogues.set(language, await read(language));
  const source = catalogues.get(SOURCE) ?? new Map();
  const faults = [...catalogues].flatMap(([language, messages]) => differences(language, messages, source));
  if (faults.length > 0) throw new Error(`web/messages does not agree:\n${faults.join('\n')}`);

  const values = [...source].map(([key, { values }]) => `  ${quote(key)}: ${typeOf(values)};`);
  const texts = [...catalogues].map(([language, messages]) => {
    const lines = [...messages].map(([key, { code }]) => `    ${quote(key)}: ${code},`);
    return `  ${quote(language)}: {\n${lines.join('\n')}\n  },`;
  });
  const sentences: Record<string, unknown> = {};
  for (const language of languages.filter((one) => one !== SOURCE))
    sentences[language] = JSON.parse(await readFile(path.join(folder, 'api', `${language}.json`), 'utf8'));
  await mkdir(generatedFolder, { recursive: true });
  await writeFile(
    path.join(generatedFolder, 'messages.ts'),
    [
      "import type { ApiSentences, Catalogues } from '../language/catalogue.ts';",
      '',
      `export const LANGUAGES = [${languages.map(quote).join(', ')}] as const;`,
      '',
      `export interface MessageValues {\n${values.join('\n')}\n}`,
      '',
      `export const catalogues: Catalogues = {\n${texts.join('\n')}\n};`,
      '',
      `export const apiSentences: ApiSentences = ${JSON.stringify(sentences, null, 2)};`,
      '',
    ].join('\n'),
  );
}

async function read(language: string): Promise<Map<string, Compiled>> {
  const messages: Record<string, string> = JSON.parse(
    await readFile(path.join(folder, `${language}.json`), 'utf8'),
  );
  return new Map(Object.entries(messages).map(([key, text]) => [key, compile(`${language}: ${key}`, text)]));
}

function compile(name: string, text: string): Compiled {
  const values = new Map<string, string>();
  const elements = parse(text, { captureLocation: false });
  const first = elements[0];
  if (elements.length === 0) return { code: "''", values };
  if (elements.length === 1 && first?.type === TYPE.literal) return { code: quote(first.value), values };
  const code = join(name, elements, values, null);
  return { code: `(${code.includes('f.') ? 'f' : '_'}, v) => ${code}`, values };
}

function join(
  name: string,
  elements: readonly MessageFormatElement[],
  values: Map<string, string>,
  counted: string | null,
): string {
  const parts = elements.map((element): string => {
    switch (element.type) {
      case TYPE.literal:
        return quote(element.value);
      case TYPE.argument:
        values.set(element.value, values.get(element.value) ?? 'string');
        return `v[${quote(element.value)}]`;
      case TYPE.number:
        values.set(element.value, 'number');
        return `f.number(v[${quote(element.value)}] as number)`;
      case TYPE.pound:
        return `f.number(v[${quote(counted ?? '')}] as number)`;
      case TYPE.plural: {
        values.set(element.value, 'number');
        const value = `v[${quote(element.value)}] as number`;
        return `f.plural(${value}, ${options(name, element.options, values, element.value)})`;
      }
      case TYPE.select: {
        const cases = Object.keys(element.options).filter((option) => option !== 'other');
        values.set(
          element.value,
          cases.length > 0 ? `${cases.map(quote).join(' | ')} | (string & {})` : 'string',
        );
        return `f.select(v[${quote(element.value)}] as string, ${options(name, element.options, values, counted)})`;
      }
      default:
        throw new Error(
          `${name}: dates and tags are not for messages; format the value, or use two messages.`,
        );
    }
  });
  return parts.length === 0 ? "''" : parts.length === 1 ? `\`\${${parts[0]}}\`` : parts.join(' + ');
}

function options(
  name: string,
  cases: Readonly<Record<string, { value: readonly MessageFormatElement[] }>>,
  values: Map<string, string>,
  counted: string | null,
): string {
  const lines = Object.entries(cases).map(
    ([option, { value }]) => `${quote(option)}: () => ${join(name, value, values, counted)}`,
  );
  return `{ ${lines.join(', ')} }`;
}

function differences(
  language: string,
  messages: ReadonlyMap<string, Compiled>,
  source: ReadonlyMap<string, Compiled>,
): string[] {
  const missing = [...source.keys()].filter((key) => !messages.has(key));
  const unknown = [...messages.keys()].filter((key) => !source.has(key));
  const odd = [...messages].flatMap(([key, { values }]) => {
    const known = source.get(key)?.values;
    return known && [...values.keys()].some((value) => !known.has(value)) ? [key] : [];
  });
  return [
    ...missing.map((key) => `${language}.json has no ${key}`),
    ...unknown.map((key) => `${language}.json has ${key}, which ${SOURCE}.json has not`),
    ...odd.map((key) => `${language}.json: ${key} uses a value that ${SOURCE}.json does not`),
  ];
}

function typeOf(values: ReadonlyMap<string, string>): string {
  if (values.size === 0) return 'null';
  return `{ ${[...values].map(([value, type]) => `readonly ${quote(value)}: ${type}`).join('; ')} }`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
