import { type Database, statement } from '../../store/index.ts';

/** An external link whose title a discussion has, and the oldest such discussion. */
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

/** Finds the links that should lead to a discussion. */
export async function findWaitingLinks(db: Database): Promise<readonly WaitingLink[]> {
  return db.read.all(waiting, []);
}

/** Finds the ids of links to discussions that do not exist. */
export async function findLostLinks(db: Database): Promise<string[]> {
  return (await db.read.all(lost, [])).map(({ id }) => id);
}
