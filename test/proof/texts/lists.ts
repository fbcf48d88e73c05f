import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where lists of hostile texts lie that are not ours to keep here. */
const folder = process.env['TEST_TEXTS_FOLDER'];

/** The lists by their files' names: a text a line (.txt), or a JSON array of texts (.json). Empty: no folder is given. */
export const lists: [string, readonly string[]][] = (folder ? readdirSync(folder).sort() : []).flatMap(
  (name): [string, readonly string[]][] => {
    if (!/\.(txt|json)$/.test(name)) return [];
    const text = readFileSync(path.join(folder ?? '', name), 'utf8');
    const texts = name.endsWith('.json') ? (JSON.parse(text) as string[]) : text.split('\n');
    return [[name, [...new Set(texts)]]];
  },
);

export const listsTitle = folder
  ? 'every text of TEST_TEXTS_FOLDER'
  : 'every text of TEST_TEXTS_FOLDER (skipped: no folder of .txt and .json lists is given)';
