import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { checkedName, lineRule } from '../../text/text-rules.ts';
import { checkedUrl, PAGE_URL } from '../../text/url-rule.ts';
import { discussionUrl, loadDiscussion } from '../discussion/index.ts';

const LINK_TITLE = lineRule('A title', 300);

/** The target of a link in an input: a discussion's id, or a URL elsewhere. */
interface RelatedInput {
  readonly relatedDiscussionId?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly title?: string | null | undefined;
}

export interface RelatedTarget {
  /** Null for a URL elsewhere. */
  readonly targetId: string | null;
  readonly url: string;
  /** Null if it is omitted. */
  readonly title: string | null;
}

/** Finds the target of an input. Throws BAD_USER_INPUT, or NOT_FOUND for an unknown discussion. */
export async function findTarget(ctx: Context, input: RelatedInput): Promise<RelatedTarget> {
  const { relatedDiscussionId, url, title } = input;
  if ((relatedDiscussionId == null) === (url == null))
    throw badInput('Give either `relatedDiscussionId` or `url`.', 'input.relatedDiscussionId');
  if (relatedDiscussionId != null) {
    if (title != null) throw badInput('Only an external page can be given a title.', 'input.title');
    const rowId = requiredRowId('Discussion', relatedDiscussionId, 'input.relatedDiscussionId');
    const target = await loadDiscussion(ctx, rowId);
    if (!target) throw unknownId(relatedDiscussionId, 'input.relatedDiscussionId');
    return { targetId: rowId, url: discussionUrl(ctx, target.slug), title: target.title };
  }
  return {
    targetId: null,
    url: checkedUrl(url ?? '', PAGE_URL, 'input.url'),
    title: title == null ? null : checkedName(title, LINK_TITLE, 'input.title'),
  };
}
