import { createHash } from 'node:crypto';
import {
  advisoryLock,
  advisoryLocks,
  change,
  type Database,
  statement,
  type Transaction,
  type Tx,
} from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { discussionRedacted, discussionTitled } from '../discussion/index.ts';

/**
 * Points external links with this discussion's title to the discussion. An import that adds a discussion calls this
 * while it holds the title's lock (`lockTitles`). Returns the number of links.
 */
export async function adoptWaitingLinks(tx: Tx, discussionId: string, titleKey: string): Promise<number> {
  const { count } = await tx.relatedLink.updateMany({
    where: { titleKey, targetId: null, discussionId: { not: discussionId } },
    data: { targetId: discussionId },
  });
  return count;
}

const adopt = change(
  'related.adopt',
  'UPDATE related_link SET target_id = ? WHERE title_key = ? AND target_id IS NULL AND discussion_id <> ?',
  { table: 'related_link', sets: ['target_id'], by: ['target_id', 'title_key', null] },
);

// the same for mutations
discussionTitled.listen(async (tx, { discussionId, titleKey }) => {
  await lockTitle(tx, titleKey);
  return tx.run(adopt, [discussionId, titleKey, discussionId]);
});

const retitle = change(
  'related.retitle',
  'UPDATE related_link SET title = ?, title_key = ? WHERE target_id = ? AND title_key = ?',
  { table: 'related_link', sets: ['title', 'title_key'], by: [null, 'title_key', 'target_id', 'title_key'] },
);

// a link has the title that its discussion had when it was added
discussionRedacted.listen((tx, { discussion: { id, title: present, titleKey }, title }) =>
  tx.run(retitle, [present, titleKey, id, titleKeyOf(title)]),
);

/** An external link whose title a discussion has, and the oldest such discussion. */
interface WaitingLink {
  readonly id: string;
  readonly titleKey: string;
  readonly targetId: string;
}

const waiting = statement<WaitingLink>(
  'related.waitingLinks',
  `SELECT l.id, l.title_key AS "titleKey", min(d.id) AS "targetId"
    FROM related_link l JOIN discussion d ON d.title_key = l.title_key
    WHERE l.target_id IS NULL AND d.id <> l.discussion_id AND d.deleted_at IS NULL
    GROUP BY l.id, l.title_key ORDER BY l.id`,
  { table: 'related_link' },
  { table: 'discussion' },
);

const lost = statement<{ id: string }>(
  'related.lostTargets',
  `SELECT l.id FROM related_link l LEFT JOIN discussion d ON d.id = l.target_id
    WHERE l.target_id IS NOT NULL AND d.id IS NULL ORDER BY l.id`,
  { table: 'related_link' },
  { table: 'discussion' },
);

/** Finds the links that should lead to a discussion. */
export async function findWaitingLinks(db: Database): Promise<readonly WaitingLink[]> {
  return db.read.all(waiting, []);
}

/** Finds the ids of links to discussions that do not exist. */
export async function findLostLinks(db: Database): Promise<string[]> {
  return (await db.read.all(lost, [])).map(({ id }) => id);
}

/**
 * Locks a title. Transactions that give it to a discussion or to a link hold this lock, because neither sees what the
 * other is about to commit, and the link would stay external. Take it before row locks on links: its holder updates all
 * links of the title.
 */
export function lockTitle(tx: Transaction, titleKey: string): Promise<void> {
  return advisoryLock(tx, lockKeyOf(titleKey));
}

/** The same for all titles of an import. Call it late: others wait until the import commits. */
export function lockTitles(tx: Tx, titles: readonly string[]): Promise<void> {
  return advisoryLocks(
    tx,
    titles.map((title) => lockKeyOf(titleKeyOf(title))),
  );
}

/** One of 256 keys: a document may have more titles than a server has room for locks. */
const lockKeyOf = (titleKey: string) => `title ${createHash('sha256').update(titleKey).digest()[0]}`;
