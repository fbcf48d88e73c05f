import type { Tx } from '../../store/index.ts';

/**
 * Takes the discussion's row lock until the transaction ends. Every write that counts a discussion's comments from
 * their rows, or changes several of its counters, calls this first: PostgreSQL would otherwise let two of them
 * overwrite each other's figures. An update that changes nothing, because SQLite has no SELECT … FOR UPDATE.
 */
export async function lockDiscussionForRecount(tx: Tx, id: string): Promise<void> {
  await tx.discussion.updateMany({ where: { id }, data: { importedNetVotes: { increment: 0 } } });
}
