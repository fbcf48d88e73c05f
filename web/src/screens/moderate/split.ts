import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath } from '../../parts/paths.ts';
import { type SplitDraft, showSplit } from './show-split.tsx';
import { readChosen } from './split-comments.tsx';

const SplitDiscussion = graphql(`
  mutation SplitDiscussion($input: SplitDiscussionInput!) {
    splitDiscussion(input: $input) {
      discussion {
        slug
      }
    }
  }
`);

/** Makes a discussion of the chosen comments, or shows another page of them. */
export async function split(visit: Visit): Promise<Answer> {
  const chosen = readChosen(visit.form);
  const draft: SplitDraft = { title: visit.field('title'), chosen, after: null, around: null, problems: [] };
  const intent = visit.field('intent');
  if (intent === 'first') return showSplit(visit, draft);
  if (intent.startsWith('after:')) return showSplit(visit, { ...draft, after: intent.slice(6) });

  const input = { commentIds: chosen, title: draft.title, idempotencyKey: visit.idempotencyKey };
  const { data, refusal } = await visit.attempt(SplitDiscussion, { input });
  if (refusal) return showSplit(visit, { ...draft, around: chosen[0] ?? null, problems: refusal.problems });
  return redirect(discussionPath(data.splitDiscussion.discussion?.slug ?? visit.params['slug'] ?? ''));
}
