import { type ApiError, notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import type { DuplicateSideFragment } from '../../generated/graphql/graphql.ts';
import { graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, duplicatePath } from '../../parts/paths.ts';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { AS_ORIGINAL, showChooseDiscussion } from './choose-discussion.tsx';
import { FormEnd, ModeratorPage } from './moderator-page.tsx';
import { SideView } from './side.tsx';

const DuplicateSide = graphql(`
  fragment DuplicateSide on Discussion {
    id
    slug
    title
    viewerCan {
      markDuplicate {
        isAllowed
        code
        message
      }
    }
    ...Side
  }
`);

const DuplicateConfirmation = graphql(`
  query DuplicateConfirmation($slug: String!, $of: String!) {
    ...Frame
    discussion(slug: $slug) {
      ...DuplicateSide
    }
    original: discussion(slug: $of) {
      ...DuplicateSide
    }
  }
`);

const MarkDuplicate = graphql(`
  mutation MarkDuplicate($input: MarkDuplicateInput!) {
    markDuplicate(input: $input) {
      clientMutationId
    }
  }
`);

/** What the form sends beside the discussion of its address. */
interface Sent {
  readonly discussionId: string;
  readonly originalId: string;
  readonly of: string;
  /** Why it was not marked. */
  readonly refusal: ApiError;
}

/** Both discussions, and the button that marks one as a duplicate: `?of=SLUG`. Without it, the search for the original. */
export async function showDuplicate(visit: Visit, sent: Sent | null = null): Promise<Answer> {
  const { text } = visit.speech;
  const of = sent?.of ?? visit.url.searchParams.get('of');
  const chooseAnother = (problems?: readonly Problem[]) => showChooseDiscussion(visit, AS_ORIGINAL, problems);
  if (!of) return chooseAnother(sent?.refusal.problems);
  const slug = visit.params['slug'] ?? '';
  const { data, refusal } = await visit.attempt(DuplicateConfirmation, { slug, of });
  if (refusal && refusal.code !== 'NOT_FOUND') throw refusal;
  // the search refuses what is wrong with the first one
  if (refusal) return chooseAnother([{ field: null, message: text('merge.notFound'), isOwn: true }]);
  const discussion = readFragment(DuplicateSide, data.discussion);
  const original = readFragment(DuplicateSide, data.original);
  if (!discussion || !original) throw notFound();
  // one of them was merged meanwhile, and its address leads to another discussion: the form would be about that one
  if (sent && (discussion.id !== sent.discussionId || original.id !== sent.originalId)) throw sent.refusal;
  const merged = leadOnIfMerged(visit, discussion);
  if (merged) return merged;
  requirePermission(discussion.viewerCan.markDuplicate);
  if (discussion.id === original.id)
    return chooseAnother([{ field: null, message: text('duplicate.same'), isOwn: true }]);
  const problems = sent?.refusal.problems ?? [];
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text('duplicate.title'),
    viewer: viewerOf(data),
    view: <ConfirmView discussion={discussion} original={original} problems={problems} />,
  });
}

export async function markDuplicate(visit: Visit): Promise<Answer> {
  const sides = { discussionId: visit.field('discussion'), originalId: visit.field('original') };
  const input = { ...sides, idempotencyKey: visit.idempotencyKey };
  const { refusal } = await visit.attempt(MarkDuplicate, { input });
  if (refusal) return showDuplicate(visit, { ...sides, of: visit.field('of'), refusal });
  return redirect(discussionPath(visit.params['slug'] ?? ''));
}

interface ConfirmProps {
  readonly discussion: DuplicateSideFragment;
  readonly original: DuplicateSideFragment;
  readonly problems: readonly Problem[];
}

function ConfirmView({ discussion, original, problems }: ConfirmProps) {
  const { text } = usePage();
  const path = duplicatePath(discussion.slug);
  return (
    <ModeratorPage title={text('duplicate.title')} about={discussion} isWide>
      <form class="stack" method="post" action={path}>
        <FormKey />
        <input type="hidden" name="discussion" value={discussion.id} />
        <input type="hidden" name="original" value={original.id} />
        <input type="hidden" name="of" value={original.slug} />
        <Problems problems={problems} fields={['discussionId', 'originalId']} />
        <SideView
          label={text('duplicate.this')}
          side={discussion}
          problem={problemOf(problems, 'discussionId')}
        />
        <SideView
          label={text('duplicate.original')}
          side={original}
          problem={problemOf(problems, 'originalId')}
        />
        <p class="links-inline">
          <a href={path}>{text('merge.other')}</a>
        </p>
        <p>{text('duplicate.effect')}</p>
        <FormEnd back={discussionPath(discussion.slug)} submit={text('menu.markDuplicate')} />
      </form>
    </ModeratorPage>
  );
}
