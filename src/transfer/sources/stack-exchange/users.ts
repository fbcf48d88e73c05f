import type { SourceItem } from '../../record-source.ts';
import { recordAt, timeOf } from '../reading.ts';
import type { XmlItem } from '../xml-items.ts';
import type { Reading } from './reading.ts';
import { fileOf, idOf, rowsOf } from './survey.ts';

/** The users who wrote something. The others are not imported. */
export async function* readUsers({ dump, survey, onBytes }: Reading): AsyncGenerator<SourceItem> {
  const file = fileOf(dump, 'Users');
  for await (const rows of rowsOf(dump, 'Users', onBytes)) {
    for (const row of rows) {
      const id = idOf(row, 'Id');
      if (id === null || survey.users.get(id) === 0) continue;
      survey.users.set(id, 2);
      const { DisplayName: name, ProfileImageUrl: avatarUrl, CreationDate } = row.attributes;
      yield recordAt(
        { file, line: row.line },
        {
          type: 'author',
          key: userKey(dump.site, id),
          name: name ?? null,
          avatarUrl: avatarUrl ?? null,
          createdAt: timeOf(CreationDate),
        },
      );
    }
  }
}

const userKey = (site: string, id: number) => `stackexchange:${site}:user:${id}`;

/**
 * The author of a row, with the record of an author who is in no file: the dump names users who were removed by their
 * display names alone. Each of their texts has an author of its own, because two of them may have the same name.
 */
export function authorOf(
  { dump, survey }: Reading,
  row: XmlItem,
  [idName, displayName]: readonly [string, string],
  textKey: string,
): { author: string | null; records: SourceItem[]; isUnknown: boolean } {
  const id = idOf(row, idName);
  if (id !== null && survey.users.get(id) === 2) {
    return { author: userKey(dump.site, id), records: [], isUnknown: false };
  }
  const name = row.attributes[displayName]?.trim();
  // -1 is the program itself
  if (!name) return { author: null, records: [], isUnknown: id !== null };
  const author = { type: 'author', key: `${textKey}:author`, name } as const;
  const at = { file: fileOf(dump, 'Users'), element: textKey };
  return { author: author.key, records: [recordAt(at, author)], isUnknown: false };
}
