import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { AddRelatedDiscussionInput, RemoveRelatedDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { deleteRows, insertRow, updateRows } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';
import { lockDiscussionForUpdate } from '../discussion/index.ts';
import { linkTo, lockLinksForUpdate, lockTitleAndFindTarget, renumberCurated } from './links-for-update.ts';
import { findTarget } from './related-input.ts';
import { mayRelate } from './related-rules.ts';

/** Maximum number of related links, and of those that `relatedDiscussions` returns. */
const LINKS_MAX = 100;

/** Adds a related link before the imported ones. An existing link is moved. */
export async function addRelatedDiscussion(
  ctx: Context,
  input: AddRelatedDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const { position } = input;
  if (position != null && position < 0) throw badInput('A position cannot be negative.', 'input.position');
  // load
  const target = await findTarget(ctx, input);
  if (target.targetId === discussionId)
    throw badInput('A discussion cannot be related to itself.', 'input.relatedDiscussionId');

  return write(ctx, 'addRelatedDiscussion', input, async (tx) => {
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    const titledId = await lockTitleAndFindTarget(tx, target, discussionId);
    const links = await lockLinksForUpdate(tx, discussionId);
    // rule
    enforce(mayRelate(viewer, discussion), 'input.discussionId');
    const existing = linkTo(links, target);
    const { title } = target;
    if (!existing && title === null) throw badInput('An external page needs a title.', 'input.title');
    if (!existing && links.length >= LINKS_MAX)
      throw badInput(`A discussion has at most ${LINKS_MAX} related ones.`, 'input.discussionId');
    // change
    const link = existing ?? { id: ctx.newId(), position: 0 };
    // an external link leads to the discussion of its title, which may be a new title
    const targetId = existing?.targetId ?? titledId;
    const titleKey = titleKeyOf(title ?? '');
    const named = title === null ? {} : { title, titleKey, targetId };
    if (existing) await updateRows(tx, 'related_link', { id: existing.id }, { source: 'CURATED', ...named });
    else
      await insertRow(tx, 'related_link', {
        ...{ id: link.id, discussionId, position: link.position, source: 'CURATED', url: target.url },
        ...{ title: title ?? '', titleKey, addedById: viewer.id },
        targetId,
      });
    const curated = links.filter(({ source, id }) => source === 'CURATED' && id !== link.id);
    const index =
      existing?.source === 'CURATED' ? links.findIndex(({ id }) => id === existing.id) : curated.length;
    await renumberCurated(
      tx,
      curated.toSpliced(position ?? index, 0, { ...link, source: 'CURATED', ...target }),
    );
    return { discussionId };
  });
}

/** Removes a related link. Does nothing if it does not exist. */
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
  // the related discussion may be deleted, so the link is found by its own columns
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
