import type { Context } from '../../access/context.ts';
import { pageSize } from '../../graphql/connections/page-args.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';
import { similarTo } from './similar.ts';

interface SimilarArgs {
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly first?: number | null | undefined;
}

/** What is read of a title: a few times as much as a title may have. */
const TITLE_UNITS_MAX = 1_000;
const SIZE_DEFAULT = 5;

/** The visible discussions whose titles are similar to a question. */
export async function similarDiscussions(
  ctx: Context,
  { title, body, first }: SimilarArgs,
): Promise<{ discussion: DiscussionRow; similarity: number }[]> {
  const size = pageSize(first ?? SIZE_DEFAULT, 'first');
  const similar = await similarTo(ctx, title.slice(0, TITLE_UNITS_MAX).toWellFormed(), body ?? '', size);
  const loaded = await Promise.all(similar.map(({ id }) => loadDiscussion(ctx, id)));
  return similar.flatMap(({ similarity }, i) => {
    const discussion = loaded[i];
    // it may have been deleted since
    return discussion ? [{ discussion, similarity }] : [];
  });
}
