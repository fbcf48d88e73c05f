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
import { findTarget } from './related-input.ts';
import { mayRelate } from './related-rules.ts';
import { discussionOfTarget, linkTo, lockLinksForUpdate, numberChosen } from './take-links.ts';

/** More than a page shows of them; `relatedDiscussions` reads at most as many. */
const LINKS_MAX = 100;

/** Puts a link beside a discussion, before those that were imported. One that is there already is moved. */
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
    const leadsTo = await discussionOfTarget(tx, target, discussionId);
    const links = await lockLinksForUpdate(tx, discussionId);
    // rule
    enforce(mayRelate(viewer, discussion), 'input.discussionId');
    const known = linkTo(links, target);
    const { title } = target;
    if (!known && title === null) throw badInput('An external page needs a title.', 'input.title');
    if (!known && links.length >= LINKS_MAX)
      throw badInput(`A discussion has at most ${LINKS_MAX} related ones.`, 'input.discussionId');
    // change
    const link = known ?? { id: ctx.newId(), position: 0 };
    // one that leads elsewhere leads to what its title names, the one that it has had or another one
    const targetId = known?.targetId ?? leadsTo;
    const titleKey = titleKeyOf(title ?? '');
    const named = title === null ? {} : { title, titleKey, targetId };
    if (known) await updateRows(tx, 'related_link', { id: known.id }, { source: 'CURATED', ...named });
    else
      await insertRow(tx, 'related_link', {
        ...{ id: link.id, discussionId, position: link.position, source: 'CURATED', url: target.url },
        ...{ title: title ?? '', titleKey, addedById: viewer.id },
        targetId,
      });
    const chosen = links.filter(({ source, id }) => source === 'CURATED' && id !== link.id);
    const was = known?.source === 'CURATED' ? links.findIndex(({ id }) => id === known.id) : chosen.length;
    await numberChosen(tx, chosen.toSpliced(position ?? was, 0, { ...link, source: 'CURATED', ...target }));
    return { discussionId };
  });
}

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
