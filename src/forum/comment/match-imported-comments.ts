import type { StoredTime } from '../../text/imported-time.ts';
import { similarity } from '../../text/similarity.ts';
import { CommentMatcher } from './comment-matcher.ts';
import type { ImportedComment } from './imported-comment.ts';

/** A stored comment of an earlier import, as far as it is matched. */
export interface MatchedComment extends StoredTime {
  readonly id: string;
  /** The parts of its import key. */
  readonly textKey: string;
  readonly suffix: string;
  /** The author's key in the documents. Null if there is none. */
  readonly authorKey: string | null;
  /** Whether a document has added it. Others were written here, or came with an export, and are matched by time too. */
  readonly isFromDocument: boolean;
}

/** Texts of one author and one time, and texts of one day. */
const [SIMILAR, SIMILAR_ON_ONE_DAY] = [0.5, 0.3];
/** A text that nobody writes twice by chance. */
export const LONG_TEXT_CHARS = 40;

/**
 * Finds the stored comment of each comment of a document: by its id, then by author, time and text, then by author and
 * time (its text was corrected), and last by its text. "+1" by two people, or at two times, stays two comments. Each
 * stored comment is used once. `bodiesOf` reads the texts of the few that are compared by text.
 */
export async function matchImported<Row extends MatchedComment>(
  imported: readonly ImportedComment[],
  stored: readonly Row[],
  bodiesOf: (rows: readonly Row[]) => Promise<ReadonlyMap<string, string>>,
): Promise<(Row | null)[]> {
  const matcher = new CommentMatcher(imported, stored, idsFit);
  matcher.matchEqual(
    (comment) => (comment.idSuffix === null ? null : `id ${comment.idSuffix}`),
    (row) => `id ${row.suffix}`,
  );
  matcher.matchEqual(
    (comment) => exactKey(comment, comment.textKey),
    (row) => (row.createdAtIsApproximate ? null : timeKey(row.authorKey, row.createdAt, row.textKey)),
  );
  await matchCorrected(matcher, bodiesOf);
  for (const isClose of [true, false]) {
    matcher.matchEqual(
      (comment) => `${comment.textKey} ${comment.authorKey}`,
      (row) => `${row.textKey} ${row.authorKey}`,
      (comment, row) => timesFit(comment, row, isClose),
    );
  }
  for (const isClose of [true, false]) {
    matcher.matchEqual(
      (comment) => comment.textKey,
      (row) => row.textKey,
      (comment, row) =>
        (comment.authorKey === null || row.authorKey === null) && timesFit(comment, row, isClose),
    );
  }
  return matcher.found;
}

/** Matches comments whose text was corrected: of one author and one time, with similar texts. */
async function matchCorrected<Row extends MatchedComment>(
  matcher: CommentMatcher<ImportedComment, Row>,
  bodiesOf: (rows: readonly Row[]) => Promise<ReadonlyMap<string, string>>,
): Promise<void> {
  const pairs = matcher.pairs(
    ({ authorKey, time }) => authorKey ?? `at ${time.at.getTime()}`,
    (row) => row.authorKey ?? (isExact(row) ? `at ${row.createdAt.getTime()}` : null),
    (comment, row) => timesFit(comment, row, true),
  );
  if (pairs.length === 0) return;
  const bodies = await bodiesOf([...new Set(pairs.map(({ row }) => row))]);
  matcher.matchNearest(
    pairs.flatMap((pair) => {
      const score = similarity(pair.comment.body, bodies.get(pair.row.id) ?? '');
      return score >= leastSimilarity(pair.comment, pair.row) ? [{ ...pair, distance: 1 - score }] : [];
    }),
  );
}

const timeKey = (authorKey: string | null, at: Date, textKey: string) =>
  `${authorKey} ${at.getTime()} ${textKey}`;

function exactKey({ authorKey, time }: ImportedComment, textKey: string): string | null {
  return time.isApproximate ? null : timeKey(authorKey, time.at, textKey);
}

/** An author writes one text at a time of day, but several on one day or about eight months ago. */
function leastSimilarity({ authorKey }: ImportedComment, row: StoredTime): number {
  if (authorKey === null || row.createdAtIsApproximate) return SIMILAR;
  return isExact(row) ? 0 : SIMILAR_ON_ONE_DAY;
}

/** Two comments with different ids are two comments. */
function idsFit({ idSuffix }: ImportedComment, { suffix }: MatchedComment): boolean {
  return idSuffix === null || !suffix.startsWith('id-') || suffix === idSuffix;
}

/** A time with hours, minutes or seconds, which is hardly ever that of two texts. */
function isExact(row: StoredTime): boolean {
  return !row.createdAtIsApproximate && row.createdAt.getTime() % 86_400_000 !== 0;
}

/** Whether a document's time may be the stored one: `isClose` if it also reads the same. */
function timesFit(
  { time, body, authorKey }: ImportedComment,
  row: MatchedComment,
  closeness: boolean,
): boolean {
  const isClose = closeness || !row.isFromDocument;
  if (time.isApproximate) return !isClose || time.agreesWith(row.createdAt);
  if (!row.createdAtIsApproximate) {
    const isSame = time.at.getTime() === row.createdAt.getTime();
    return isSame || (!isClose && authorKey === null && body.length >= LONG_TEXT_CHARS);
  }
  return !isClose;
}
