import { change, type Tx } from '../../store/index.ts';
import { discussionTitled } from '../discussion/index.ts';
import { lockTitle } from './take-titles.ts';

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
  { table: 'related_link', sets: ['target_id'], by: ['target_id', 'title_key', null] },
);

// the same for the writes of the API
discussionTitled.listen(async (tx, { discussionId, titleKey }) => {
  await lockTitle(tx, titleKey);
  return tx.run(adopt, [discussionId, titleKey, discussionId]);
});
