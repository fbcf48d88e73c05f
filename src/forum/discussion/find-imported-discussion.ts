import { createHash } from 'node:crypto';
import type { Tx } from '../../store/index.ts';
import { type ImportedTime, readsAlike } from '../../text/imported-time.ts';
import { EARLIEST_MS, LATEST_MS } from '../../text/relative-time.ts';
import { similarity, startOfText } from '../../text/similarity.ts';
import { idByOldAddress } from './old-addresses.ts';

/**
 * Which thread a document is. `key` is stored as `import_key`: "id." and a hash of the id or URL, or else `base`, a dot,
 * `start`, a dot, and a hash of the time as it is written.
 */
export interface ImportedIdentity {
  readonly key: string;
  /** A hash of title, product and category. */
  readonly base: string;
  /** A hash of the start of the text. */
  readonly start: string;
  /** The page that the thread comes from, and its title as a key. */
  readonly url: string | null;
  readonly titleKey: string;
}

/** The import key of a document with an id or a URL. */
export function importKeyNamed(by: 'id' | 'url', value: string): string {
  return `id.${createHash('sha256')
    .update(JSON.stringify([by, value]))
    .digest('hex')
    .slice(0, 32)}`;
}

/**
 * A moved comment's import key begins with this and the discussion that it was imported into: an import of the other
 * discussion's document must not take it for one of its own. If it has become a question, its discussion keeps that key.
 */
export const MOVED_KEY = 'moved.';

/** Whether a document has added a discussion. Others were written here, came with an export, or were split off. */
export function isOfDocument(importKey: string | null): boolean {
  return importKey !== null && !importKey.startsWith(MOVED_KEY);
}

interface Draft {
  readonly identity: ImportedIdentity;
  readonly body: string;
  readonly time: ImportedTime;
}

/** Discussions with one title that are compared. */
const COMPARED_MAX = 50;
const DAY_MS = 86_400_000;
/** Starts of two versions of one text. */
const SIMILAR = 0.6;

const COMPARED = {
  id: true,
  body: true,
  createdAt: true,
  createdAtIsApproximate: true,
  mergedIntoId: true,
  revisions: { where: { revision: 1 }, select: { body: true, redactedAt: true } },
} as const;

interface Compared {
  readonly id: string;
  readonly body: string;
  readonly createdAt: Date;
  readonly createdAtIsApproximate: boolean;
  readonly mergedIntoId: string | null;
  readonly revisions: readonly { readonly body: string; readonly redactedAt: Date | null }[];
}

/**
 * The row id of the discussion that an earlier version of the document added; null if there is none. Without an id,
 * documents of one title, product and category are versions of one thread if their times are the same and their texts
 * start alike or they share a comment. Two exact times that differ are two threads. `sharesComment` is asked last.
 */
export async function findImportedDiscussion(
  tx: Tx,
  draft: Draft,
  sharesComment: (id: string) => Promise<boolean>,
): Promise<string | null> {
  const { key } = draft.identity;
  const known = await tx.discussion.findUnique({ where: { importKey: key }, select: { id: true } });
  if (known) return known.id;
  for (const row of await candidatesFor(tx, draft)) {
    if (!(await isSameThread(row, draft, sharesComment))) continue;
    // the document has got an id since
    if (key.startsWith('id.'))
      await tx.discussion.update({ where: { id: row.id }, data: { importKey: key } });
    return row.id;
  }
  return findOfExport(tx, draft, sharesComment);
}

/**
 * The discussion that an export of another form has added: it had the document's URL, or has its title and time and a
 * comment of it.
 */
async function findOfExport(
  tx: Tx,
  { identity, time }: Draft,
  sharesComment: (id: string) => Promise<boolean>,
): Promise<string | null> {
  const known = await idByOldAddress(tx, identity);
  if (known !== null) return known;
  const isOfNoDocument = [{ importKey: null }, { importKey: { startsWith: MOVED_KEY } }];
  const where = { titleKey: identity.titleKey, OR: isOfNoDocument };
  const select = { id: true, createdAt: true, createdAtIsApproximate: true };
  const rows = await tx.discussion.findMany({ where, select, take: COMPARED_MAX, orderBy: { id: 'asc' } });
  for (const row of rows) if (readsAlike(time, row) && (await sharesComment(row.id))) return row.id;
  return null;
}

async function candidatesFor(tx: Tx, { identity, time }: Draft): Promise<Compared[]> {
  const { base, start } = identity;
  const below = (prefix: string) => ({ gte: `${prefix}.`, lt: `${prefix}/` });
  const query = { select: COMPARED, orderBy: { id: 'asc' as const }, take: COMPARED_MAX };
  const alike = await tx.discussion.findMany({ ...query, where: { importKey: below(`${base}.${start}`) } });
  const at = time.at.getTime();
  const near = {
    gte: new Date(Math.max(at - DAY_MS, EARLIEST_MS)),
    lte: new Date(Math.min(at + DAY_MS, LATEST_MS)),
  };
  // keys that were stored before the start of the text was part of them are `base` alone; "." sorts before "/"
  const where = { importKey: { gte: base, lt: `${base}/` }, ...(!time.isApproximate && { createdAt: near }) };
  const others = await tx.discussion.findMany({ ...query, where, orderBy: { id: 'desc' } });
  const seen = new Set(alike.map(({ id }) => id));
  return [...alike, ...others.filter(({ id }) => !seen.has(id))];
}

async function isSameThread(
  row: Compared,
  { body, time }: Draft,
  sharesComment: (id: string) => Promise<boolean>,
): Promise<boolean> {
  const [first] = row.revisions;
  const imported = first?.body ?? row.body;
  const startsAlike = startOfText(imported) === startOfText(body);
  if (readsAlike(time, row)) {
    // a redacted text, or one that has become a comment, cannot be compared: title, place and time decide, so that it is
    // not published again
    return (
      Boolean(first?.redactedAt) ||
      row.mergedIntoId !== null ||
      startsAlike ||
      similarity(imported, body) >= SIMILAR ||
      (await sharesComment(row.id))
    );
  }
  const areExact = !time.isApproximate && !row.createdAtIsApproximate;
  return !areExact && startsAlike && (await sharesComment(row.id));
}

/** A discussion, and those where comments of it may be: merged into, or split off. */
export async function threadIdsOf(tx: Tx, id: string): Promise<string[]> {
  const ids = new Set([id]);
  // a set also goes through what is added to it meanwhile
  for (const one of ids) {
    const where = { OR: [{ splitFromId: one }, { merged: { some: { id: one } } }] };
    for (const { id: next } of await tx.discussion.findMany({ where, select: { id: true } })) ids.add(next);
  }
  return [...ids];
}
