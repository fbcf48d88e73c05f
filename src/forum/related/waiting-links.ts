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
import { discussionTitled } from '../discussion/index.ts';

/**
 * Points the links that name this discussion's title, and lead elsewhere so far, to the discussion. An import that
 * makes it calls this with the title's turn (`lockTitles`). Answers how many links there were.
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
);

// the same for the writes of the API
discussionTitled.listen(async (tx, { discussionId, titleKey }) => {
  await lockTitle(tx, titleKey);
  return tx.run(adopt, [discussionId, titleKey, discussionId]);
});

/** A link that leads elsewhere although its title is discussed here, and the oldest discussion of that title. */
export interface WaitingLink {
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
);

const lost = statement<{ id: string }>(
  'related.lostTargets',
  `SELECT l.id FROM related_link l LEFT JOIN discussion d ON d.id = l.target_id
    WHERE l.target_id IS NOT NULL AND d.id IS NULL ORDER BY l.id`,
);

/** The links that a discussion here should have taken up. */
export async function findWaitingLinks(db: Database): Promise<readonly WaitingLink[]> {
  return db.read.all(waiting, []);
}

/** The ids of links to discussions that are not there. */
export async function findLostLinks(db: Database): Promise<string[]> {
  return (await db.read.all(lost, [])).map(({ id }) => id);
}

/**
 * Whoever gives a discussion this title, or a link: neither would see what the other is about to commit, and the link
 * would lead elsewhere though its title is discussed here. Take it before links that are there already: whoever has it
 * takes up those of the title.
 */
export function lockTitle(tx: Transaction, titleKey: string): Promise<void> {
  return advisoryLock(tx, turnOf(titleKey));
}

/** The same for all titles that an import gives. As late as can be: others wait until its end. */
export function lockTitles(tx: Tx, titles: readonly string[]): Promise<void> {
  return advisoryLocks(
    tx,
    titles.map((title) => turnOf(titleKeyOf(title))),
  );
}

/** One of 256: a document may name more titles than a server has room for turns. */
const turnOf = (titleKey: string) => `title ${createHash('sha256').update(titleKey).digest()[0]}`;
