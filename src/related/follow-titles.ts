import { followTitles } from '../discussion/index.ts';
import { change } from '../kit/db/index.ts';

const adopt = change(
  'related.adoptWaiting',
  'UPDATE related_link SET target_id = ? WHERE title_key = ? AND target_id IS NULL AND discussion_id <> ?',
);

/** Has links that wait for a title taken up in the write by which a discussion gets it. */
export function followDiscussionTitles(): void {
  followTitles(async (tx, { id, titleKey }) => {
    await tx.run(adopt, [id, titleKey, id]);
  });
}
