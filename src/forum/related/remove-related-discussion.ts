import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { RemoveRelatedDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { deleteRows } from '../../store/index.ts';
import { lockDiscussionForUpdate } from '../discussion/index.ts';
import { mayRelate } from './related-rules.ts';
import { linkTo, lockLinksForUpdate } from './take-links.ts';

/** Takes a link away from a discussion; one that is not there is away already. */
export async function removeRelatedDiscussion(
  ctx: Context,
  input: RemoveRelatedDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const { relatedDiscussionId, url } = input;
  if ((relatedDiscussionId == null) === (url == null))
    throw badInput('Give either `relatedDiscussionId` or `url`.', 'input.relatedDiscussionId');
  // its discussion may be gone: the link is named by what it holds
  const targetId =
    relatedDiscussionId == null
      ? null
      : requiredRowId('Discussion', relatedDiscussionId, 'input.relatedDiscussionId');

  return write(ctx, 'removeRelatedDiscussion', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    const links = await lockLinksForUpdate(tx, discussionId);
    // rule
    enforce(mayRelate(viewer, discussion), 'input.discussionId');
    // change
    const named = url ?? '';
    const link = [named, URL.canParse(named) ? new URL(named).href : named]
      .map((address) => linkTo(links, { targetId, url: address, title: null }))
      .find((found) => found !== undefined);
    if (link) await deleteRows(tx, 'related_link', { id: link.id });
    return { discussionId };
  });
}
