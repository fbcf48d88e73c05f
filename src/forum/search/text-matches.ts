import type { Context } from '../../access/context.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { type MaybePromise, statement } from '../../store/index.ts';
import { type Excerpt, excerptOf } from './excerpt.ts';
import type { SearchResultRow } from './search-page.ts';
import type { Search } from './search-request.ts';

/** An excerpt of a title or a text. */
interface TextMatch extends Excerpt {
  readonly property: string;
}

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
export function textMatches(ctx: Context, result: SearchResultRow): MaybePromise<TextMatch[]> {
  const { subject, search, text } = result;
  const { leaves, query } = search;
  if (leaves.length === 0) return [];
  const isTitled = subject.type === 'Discussion';
  const found = isTitled && query.fields.has('title') ? matchesIn(search, 'title', subject.row.title) : [];
  if (isTitled && !query.fields.has('body')) return found;
  if (text !== null) return [...found, ...matchesIn(search, 'body', text)];
  return loadText(ctx, result).then((row) => [...found, ...matchesIn(search, 'body', row?.text ?? '')]);
}

function matchesIn({ finder }: Search, property: string, text: string): TextMatch[] {
  const excerpt = excerptOf(text, finder.in(text));
  return excerpt ? [{ property, fragment: excerpt.fragment, highlights: excerpt.highlights }] : [];
}
