import type { VNode } from 'preact';
import { type ApiError, notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import type { PairSideFragment } from '../../generated/graphql/graphql.ts';
import { graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { type Purpose, showChooseDiscussion } from './choose-discussion.tsx';

const Side = graphql(`
  fragment PairSide on Discussion {
    id
    slug
    title
    commentCount
    viewerCan {
      merge {
        isAllowed
        code
        message
      }
      markDuplicate {
        isAllowed
        code
        message
      }
    }
    ...Side
  }
`);

const Pair = graphql(`
  query ChosenPair($slug: String!, $chosen: String!) {
    ...Frame
    discussion(slug: $slug) {
      ...PairSide
    }
    chosen: discussion(slug: $chosen) {
      ...PairSide
    }
  }
`);

/** What a form about two discussions sends. */
export interface SentPair {
  readonly discussionId: string;
  readonly chosenId: string;
  /** The slug of the chosen one. */
  readonly chosen: string;
  /** Why nothing was done. */
  readonly refusal: ApiError;
}

/** The discussion of the address, the one that was chosen, and what is wrong with what was sent. */
export interface ChosenPair {
  readonly discussion: PairSideFragment;
  readonly chosen: PairSideFragment;
  readonly problems: readonly Problem[];
}

/**
 * A page about the discussion of its address and another one, which the parameter of the purpose names. Without it, or if
 * it cannot be that one, the search for it.
 */
export async function showChosenPair(
  visit: Visit,
  purpose: Purpose,
  sent: SentPair | null,
  View: (pair: ChosenPair) => VNode,
): Promise<Answer> {
  const { text } = visit.speech;
  const { parameter, permission, words } = purpose;
  const chosenSlug = sent?.chosen ?? visit.url.searchParams.get(parameter);
  if (!chosenSlug) return showChooseDiscussion(visit, purpose, sent?.refusal.problems);
  const chooseAnother = (message: string) =>
    showChooseDiscussion(visit, purpose, [{ field: null, message, isOwn: true }]);
  const slugs = { slug: visit.params['slug'] ?? '', chosen: chosenSlug };
  const { data, refusal } = await visit.attempt(Pair, slugs);
  if (refusal && refusal.code !== 'NOT_FOUND') throw refusal;
  // the search refuses what is wrong with the first one
  if (refusal) return chooseAnother(text('merge.notFound'));
  const discussion = readFragment(Side, data.discussion);
  const chosen = readFragment(Side, data.chosen);
  if (!discussion || !chosen) throw notFound();
  // one of them was merged meanwhile, and its address leads to another discussion: the form would be about that one
  if (sent && (discussion.id !== sent.discussionId || chosen.id !== sent.chosenId)) throw sent.refusal;
  const merged = leadOnIfMerged(visit, discussion);
  if (merged) return merged;
  requirePermission(discussion.viewerCan[permission]);
  if (discussion.id === chosen.id) return chooseAnother(text(`${words}.same`));
  const problems = sent?.refusal.problems ?? [];
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text(`${words}.title`),
    viewer: viewerOf(data),
    view: <View discussion={discussion} chosen={chosen} problems={problems} />,
  });
}
