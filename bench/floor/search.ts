// The floor of the search: one hand-written statement of FTS5 over the titles and texts themselves. What is deleted is left
// out when it is read, because moderators delete and restore at any time. With `bare`, the statement alone.
import { openFiles } from './files.ts';
import { serve } from './serve.ts';

const { FORUM_FILE = '' } = process.env;
const { reader, writer } = openFiles(FORUM_FILE);
writer.exec(`CREATE VIRTUAL TABLE floor_text USING fts5(discussion_id UNINDEXED, comment_id UNINDEXED, title, body);
  INSERT INTO floor_text SELECT id, NULL, title, body_text FROM discussion ORDER BY created_at;
  INSERT INTO floor_text SELECT discussion_id, id, '', body_text FROM comment ORDER BY created_at`);

interface Hit {
  readonly discussionId: string;
  readonly commentId: string | null;
  readonly title: string;
  readonly markedTitle: string;
  readonly markedText: string;
}

/** Signs that no text contains. FTS5 puts them around the words that it has found. */
const [OPEN, CLOSE] = ['\u0002', '\u0003'];
/** As many words as Parley's excerpts have characters for. */
const EXCERPT_WORDS = 30;
const MARKS = `'${OPEN}', '${CLOSE}'`;
const BEST_FIRST = `f.rank MATCH 'bm25(0, 0, 8, 1)' ORDER BY f.rank LIMIT 20`;

// FTS5 sorts the matches and returns one after the other, so that excerpts are made of the twenty that are shown
const search = reader.prepare<
  string,
  Hit
>(`SELECT f.discussion_id "discussionId", f.comment_id "commentId", d.title,
    highlight(floor_text, 2, ${MARKS}) "markedTitle", snippet(floor_text, 3, ${MARKS}, '', ${EXCERPT_WORDS}) "markedText"
  FROM floor_text f
  CROSS JOIN discussion d ON d.id = f.discussion_id
  LEFT JOIN comment c ON c.id = f.comment_id
  WHERE floor_text MATCH ? AND d.deleted_at IS NULL AND c.deleted_at IS NULL AND ${BEST_FIRST}`);
const bare = reader.prepare<string>(`SELECT f.discussion_id, f.comment_id, f.title,
    snippet(floor_text, 3, '<', '>', '…', ${EXCERPT_WORDS}) fragment
  FROM floor_text f WHERE floor_text MATCH ? AND ${BEST_FIRST}`);

/** An excerpt without the signs, and where they were; nothing if there are none. */
function matchOf(property: string, marked: string) {
  const highlights: { beginIndice: number; endIndice: number }[] = [];
  let fragment = '';
  let at = 0;
  for (let open = marked.indexOf(OPEN); open >= 0; open = marked.indexOf(OPEN, at)) {
    const close = marked.indexOf(CLOSE, open);
    fragment += marked.slice(at, open);
    const beginIndice = fragment.length;
    fragment += marked.slice(open + 1, close);
    highlights.push({ beginIndice, endIndice: fragment.length });
    at = close + 1;
  }
  return at === 0 ? [] : [{ property, fragment: fragment + marked.slice(at), highlights }];
}

function nodeOf({ discussionId, commentId, title, markedTitle, markedText }: Hit) {
  const subject =
    commentId === null ? { id: `D_${discussionId}`, title } : { id: `C_${commentId}`, discussion: { title } };
  return { subject, textMatches: [...matchOf('title', markedTitle), ...matchOf('body', markedText)] };
}

serve((body) => {
  const { word, isBare } = JSON.parse(body) as { readonly word: string; readonly isBare?: boolean };
  if (isBare) return bare.all(`"${word}"`);
  return { search: { nodes: search.all(`"${word}"`).map(nodeOf) } };
});
