import type { StoredTime } from '../../text/imported-time.ts';
import { similarity } from '../../text/similarity.ts';
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

/** How many stored comments with one text are tried for one comment of the document. */
const TRIED_MAX = 50;
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
  const matcher = new Matcher(imported, stored);
  matcher.each(
    (comment) => (comment.idSuffix === null ? null : `id ${comment.idSuffix}`),
    (row) => `id ${row.suffix}`,
  );
  matcher.each(
    (comment) => exactKey(comment, comment.textKey),
    (row) => (row.createdAtIsApproximate ? null : timeKey(row.authorKey, row.createdAt, row.textKey)),
  );
  await matcher.corrected(bodiesOf);
  for (const isClose of [true, false]) {
    matcher.each(
      (comment) => `${comment.textKey} ${comment.authorKey}`,
      (row) => `${row.textKey} ${row.authorKey}`,
      (comment, row) => timesFit(comment, row, isClose),
    );
  }
  for (const isClose of [true, false]) {
    matcher.each(
      (comment) => comment.textKey,
      (row) => row.textKey,
      (comment, row) =>
        (comment.authorKey === null || row.authorKey === null) && timesFit(comment, row, isClose),
    );
  }
  return matcher.found;
}

class Matcher<Row extends MatchedComment> {
  readonly found: (Row | null)[];
  readonly #imported: readonly ImportedComment[];
  readonly #stored: readonly Row[];
  readonly #used = new Set<Row>();

  constructor(imported: readonly ImportedComment[], stored: readonly Row[]) {
    this.#imported = imported;
    this.#stored = stored;
    this.found = imported.map(() => null);
  }

  /** Matches comments and rows with equal keys, in their order. A null key matches nothing. */
  each(
    keyOf: (comment: ImportedComment) => string | null,
    keyOfRow: (row: Row) => string | null,
    fits: (comment: ImportedComment, row: Row) => boolean = () => true,
  ): void {
    const byKey = this.#unusedBy(keyOfRow);
    this.#imported.forEach((comment, i) => {
      const key = this.found[i] ? null : keyOf(comment);
      const rows = key === null ? undefined : byKey.get(key);
      const at =
        rows?.slice(0, TRIED_MAX).findIndex((row) => idsFit(comment, row) && fits(comment, row)) ?? -1;
      const row = rows?.[at];
      if (!row) return;
      rows?.splice(at, 1);
      this.#match(i, row);
    });
  }

  /** Matches comments whose text was corrected: of one author and one time, with similar texts. */
  async corrected(bodiesOf: (rows: readonly Row[]) => Promise<ReadonlyMap<string, string>>): Promise<void> {
    const byKey = this.#unusedBy(
      (row) => row.authorKey ?? (isExact(row) ? `at ${row.createdAt.getTime()}` : null),
    );
    const candidates = this.#imported.flatMap((comment, i) => {
      if (this.found[i]) return [];
      const key = comment.authorKey ?? `at ${comment.time.at.getTime()}`;
      const rows =
        byKey.get(key)?.filter((row) => idsFit(comment, row) && timesFit(comment, row, true)) ?? [];
      return rows.length === 0 ? [] : [{ i, comment, rows: rows.slice(0, TRIED_MAX) }];
    });
    if (candidates.length === 0) return;
    const bodies = await bodiesOf([...new Set(candidates.flatMap(({ rows }) => rows))]);
    const pairs = candidates.flatMap(({ i, comment, rows }) =>
      rows.map((row) => ({ i, row, score: similarity(comment.body, bodies.get(row.id) ?? ''), comment })),
    );
    pairs.sort((a, b) => b.score - a.score);
    for (const { i, row, score, comment } of pairs) {
      if (this.found[i] || this.#used.has(row)) continue;
      if (score >= leastSimilarity(comment, row)) this.#match(i, row);
    }
  }

  #match(i: number, row: Row): void {
    this.found[i] = row;
    this.#used.add(row);
  }

  #unusedBy(keyOf: (row: Row) => string | null): Map<string, Row[]> {
    const byKey = new Map<string, Row[]>();
    for (const row of this.#stored) {
      const key = this.#used.has(row) ? null : keyOf(row);
      if (key === null) continue;
      const rows = byKey.get(key);
      if (rows) rows.push(row);
      else byKey.set(key, [row]);
    }
    return byKey;
  }
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
