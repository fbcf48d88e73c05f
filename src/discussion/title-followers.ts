import type { Transaction } from '../kit/db/index.ts';

/** What a room below does when a discussion can be found under a title: it is new, retitled, or back. */
export type TitleFollower = (
  tx: Transaction,
  discussion: { readonly id: string; readonly titleKey: string },
) => Promise<void>;

const followers: TitleFollower[] = [];

/** Has something done in the transaction of every such write. Called once, where a room is loaded. */
export function followTitles(follower: TitleFollower): void {
  followers.push(follower);
}

/** Tells the rooms below. The last step of a write: they may take rows of their own. */
export async function noteTitle(
  tx: Transaction,
  discussion: { id: string; titleKey: string },
): Promise<void> {
  for (const follow of followers) await follow(tx, discussion);
}
