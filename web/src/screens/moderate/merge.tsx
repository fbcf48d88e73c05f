import { type ApiError, notFound, type Problem, requirePermission } from '../../api/api-error.ts';
import type { MergeSideFragment } from '../../generated/graphql/graphql.ts';
import { graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, inThread, mergePath } from '../../parts/paths.ts';
import { Sentence } from '../../parts/sentence.tsx';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { showChooseDiscussion, TO_MERGE } from './choose-discussion.tsx';
import { FormEnd, ModeratorPage } from './moderator-page.tsx';
import { SideView } from './side.tsx';

const Side = graphql(`
  fragment MergeSide on Discussion {
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
    }
    ...Side
  }
`);

const MergeConfirmation = graphql(`
  query MergeConfirmation($slug: String!, $into: String!) {
    ...Frame
    discussion(slug: $slug) {
      ...MergeSide
    }
    destination: discussion(slug: $into) {
      ...MergeSide
    }
  }
`);

const MergeDiscussions = graphql(`
  mutation MergeDiscussions($input: MergeDiscussionsInput!) {
    mergeDiscussions(input: $input) {
      destination {
        slug
      }
      comment {
        id
      }
    }
  }
`);

/** What the form to merge sends beside the discussion of its address. */
interface Sent {
  readonly sourceId: string;
  readonly destinationId: string;
  readonly into: string;
  /** Why it was not merged. */
  readonly refusal: ApiError;
}

/** Both discussions, and the button that merges them: `?into=SLUG`. Without it, the search for the other one. */
export async function showMerge(visit: Visit, sent: Sent | null = null): Promise<Answer> {
  const { text } = visit.speech;
  const into = sent?.into ?? visit.url.searchParams.get('into');
  if (!into) return showChooseDiscussion(visit, TO_MERGE, sent?.refusal.problems);
  const { data, refusal } = await visit.attempt(MergeConfirmation, {
    slug: visit.params['slug'] ?? '',
    into,
  });
  if (refusal && refusal.code !== 'NOT_FOUND') throw refusal;
  // the search refuses what is wrong with the first one
  if (refusal)
    return showChooseDiscussion(visit, TO_MERGE, [
      { field: null, message: text('merge.notFound'), isOwn: true },
    ]);
  const source = readFragment(Side, data.discussion);
  const destination = readFragment(Side, data.destination);
  if (!source || !destination) throw notFound();
  // one of them was merged meanwhile, and its address leads to another discussion: the form would be about that one
  if (sent && (source.id !== sent.sourceId || destination.id !== sent.destinationId)) throw sent.refusal;
  const merged = leadOnIfMerged(visit, source);
  if (merged) return merged;
  requirePermission(source.viewerCan.merge);
  if (source.id === destination.id)
    return showChooseDiscussion(visit, TO_MERGE, [{ field: null, message: text('merge.same'), isOwn: true }]);
  const problems = sent?.refusal.problems ?? [];
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text('merge.title'),
    viewer: viewerOf(data),
    view: <ConfirmView source={source} destination={destination} problems={problems} />,
  });
}

export async function merge(visit: Visit): Promise<Answer> {
  const sides = { sourceId: visit.field('source'), destinationId: visit.field('destination') };
  const input = { ...sides, idempotencyKey: visit.idempotencyKey };
  const { data, refusal } = await visit.attempt(MergeDiscussions, { input });
  if (refusal) return showMerge(visit, { ...sides, into: visit.field('into'), refusal });
  const { destination, comment } = data.mergeDiscussions;
  if (!destination) return redirect(discussionPath(visit.params['slug'] ?? ''));
  return redirect(comment ? inThread(destination.slug, comment.id) : discussionPath(destination.slug));
}

interface ConfirmProps {
  readonly source: MergeSideFragment;
  readonly destination: MergeSideFragment;
  readonly problems: readonly Problem[];
}

function ConfirmView({ source, destination, problems }: ConfirmProps) {
  const { text } = usePage();
  const { isAllowed, message } = destination.viewerCan.merge;
  const refused = isAllowed ? undefined : <Sentence message={message} />;
  return (
    <ModeratorPage title={text('merge.title')} about={source} isWide>
      <form class="stack" method="post" action={mergePath(source.slug)}>
        <FormKey />
        <input type="hidden" name="source" value={source.id} />
        <input type="hidden" name="destination" value={destination.id} />
        <input type="hidden" name="into" value={destination.slug} />
        <Problems problems={problems} fields={['sourceId', 'destinationId']} />
        <SideView label={text('merge.source')} side={source} problem={problemOf(problems, 'sourceId')} />
        <SideView
          label={text('merge.destination')}
          side={destination}
          problem={problemOf(problems, 'destinationId') ?? refused}
        />
        <p class="links-inline">
          <a href={mergePath(source.slug)}>{text('merge.other')}</a>
          {isAllowed && <a href={mergePath(destination.slug, source.slug)}>{text('merge.swap')}</a>}
        </p>
        {isAllowed ? (
          <>
            <p>{text('merge.effect', { count: source.commentCount })}</p>
            <FormEnd back={discussionPath(source.slug)} submit={text('menu.merge')} />
          </>
        ) : (
          <p>
            <a class="btn btn--line" href={discussionPath(source.slug)}>
              {text('write.cancel')}
            </a>
          </p>
        )}
      </form>
    </ModeratorPage>
  );
}
