import type { SourceItem } from '../../record-source.ts';
import { omittedAt, recordAt } from '../reading.ts';
import { postKey, type Reading } from './reading.ts';
import { fileOf } from './survey.ts';

/** Duplicates and links between questions. `titles` has the titles of what is linked to. */
export async function* readLinks(
  { dump, survey }: Reading,
  titles: ReadonlyMap<number, string>,
): AsyncGenerator<SourceItem> {
  const duplicates = new Set<number>();
  for (const { line, id, from, to, isDuplicate } of survey.links) {
    const at = { file: fileOf(dump, 'PostLinks'), line };
    if (from === to || survey.posts.get(from) !== -1 || survey.posts.get(to) !== -1) {
      yield omittedAt(at, 'links that do not join two questions of the dump');
      continue;
    }
    const [discussion, target] = [postKey(dump.site, from), postKey(dump.site, to)];
    if (isDuplicate && !duplicates.has(from)) {
      duplicates.add(from);
      yield recordAt(at, { type: 'duplicate', discussion, of: target });
      continue;
    }
    const key = `stackexchange:${dump.site}:link:${id}`;
    const url = `https://${dump.site}/questions/${to}`;
    yield recordAt(at, { type: 'link', key, discussion, target, title: titles.get(to) ?? '', url });
  }
}
