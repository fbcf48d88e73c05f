import type { Context } from '../../access/context.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import { excerptOf } from './excerpt.ts';
import { Finder } from './occurrences.ts';
import type { SearchResultRow } from './search-page.ts';

/** The part of a text in which excerpts are looked for, in characters. */
const CHARS_MAX = 20_000;

interface PlainRow {
  readonly id: string;
  readonly text: string;
}

const plain = (table: 'discussion' | 'comment') =>
  statement<PlainRow>(
    `search.plainTextsOf ${table}`,
    (d) => `SELECT t.id, substr(t.body_text, 1, ${CHARS_MAX}) AS "text" FROM ${d.foundBy(table, 'id')}`,
    { table, by: ['id'] },
  );
const TEXTS = { Discussion: plain('discussion'), Comment: plain('comment') };

function loadText(ctx: Context, { id, subject: { type } }: SearchResultRow): Promise<PlainRow | null> {
  return loader<PlainRow | null>(ctx, `search.plainTextsOf ${type}`, ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(TEXTS[type], [ids]), (row) => row.id),
  ).load(id);
}

/** Excerpts of a result's title and text with the words of the query. */
export async function textMatches(ctx: Context, result: SearchResultRow) {
  const { subject, search } = result;
  if (search.leaves.length === 0) return [];
  const finder = new Finder(search.leaves, search.wanted.completions);
  const { fields } = search.query;
  const isTitled = subject.type === 'Discussion';
  const title = isTitled && fields.has('title') ? subject.row.title : null;
  const body = !isTitled || fields.has('body') ? ((await loadText(ctx, result))?.text ?? null) : null;
  return [
    { property: 'title', text: title },
    { property: 'body', text: body },
  ].flatMap(({ property, text }) => {
    const excerpt = text === null ? null : excerptOf(text, finder.in(text));
    return excerpt ? [{ property, ...excerpt }] : [];
  });
}
