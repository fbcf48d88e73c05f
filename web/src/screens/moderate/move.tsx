import { notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { Choice, readChoice } from '../../parts/choice.tsx';
import { FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { discussionPath } from '../../parts/paths.ts';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { FormEnd, ModeratorPage } from './moderator-page.tsx';

const MovePage = graphql(`
  query MovePage($slug: String!) {
    ...Frame
    categories(first: 100) {
      nodes {
        id
        name
      }
    }
    products(first: 100) {
      nodes {
        id
        name
      }
    }
    discussion(slug: $slug) {
      id
      slug
      title
      category {
        id
        name
      }
      product {
        id
        name
      }
      viewerCan {
        update {
          isAllowed
          code
          message
        }
      }
    }
  }
`);

const MoveDiscussion = graphql(`
  mutation MoveDiscussion($input: UpdateDiscussionInput!) {
    updateDiscussion(input: $input) {
      clientMutationId
    }
  }
`);

/** What was chosen in place of what the form has shown, and what is wrong with it. */
interface Sent {
  readonly categoryId: string | null | undefined;
  readonly productId: string | null | undefined;
  readonly problems: readonly Problem[];
}

/** The form for another category or product. */
export async function showMove(visit: Visit, sent: Sent | null = null): Promise<Answer> {
  const { text } = visit.speech;
  const data = await visit.ask(MovePage, { slug: visit.params['slug'] ?? '' });
  const { discussion, categories, products } = data;
  if (!discussion) throw notFound();
  const merged = leadOnIfMerged(visit, discussion);
  if (merged) return merged;
  requirePermission(discussion.viewerCan.update);
  const path = discussionPath(discussion.slug);
  const problems = sent?.problems ?? [];
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text('moderate.move'),
    viewer: viewerOf(data),
    view: (
      <ModeratorPage title={text('moderate.move')} about={discussion}>
        <form class="stack" method="post" action={`${path}/move`}>
          <FormKey />
          <input type="hidden" name="discussion" value={discussion.id} />
          <Problems problems={problems} fields={['categoryId', 'productId']} />
          <Choice
            name="categoryId"
            label={text('ask.category')}
            entries={categories.nodes}
            stored={discussion.category ?? null}
            chosen={sent?.categoryId}
            problem={problemOf(problems, 'categoryId')}
          />
          <Choice
            name="productId"
            label={text('ask.product')}
            entries={products.nodes}
            stored={discussion.product ?? null}
            chosen={sent?.productId}
            problem={problemOf(problems, 'productId')}
          />
          <FormEnd back={path} submit={text('menu.move')} />
        </form>
      </ModeratorPage>
    ),
  });
}

/** Changes what was chosen. What was left may have been changed by another moderator meanwhile, and stays. */
export async function move(visit: Visit): Promise<Answer> {
  const places = { categoryId: readChoice(visit, 'categoryId'), productId: readChoice(visit, 'productId') };
  const input = { discussionId: visit.field('discussion'), ...places, idempotencyKey: visit.idempotencyKey };
  const { refusal } = await visit.attempt(MoveDiscussion, { input });
  if (refusal) return showMove(visit, { ...places, problems: refusal.problems });
  return redirect(discussionPath(visit.params['slug'] ?? ''));
}
