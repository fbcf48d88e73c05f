import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, inThread, mergePath } from '../../parts/paths.ts';
import { Sentence } from '../../parts/sentence.tsx';
import { TO_MERGE } from './choose-discussion.tsx';
import { type ChosenPair, type SentPair, showChosenPair } from './chosen-pair.tsx';
import { FormEnd, ModeratorPage } from './moderator-page.tsx';
import { SideView } from './side.tsx';

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

/** Both discussions, and the button that merges them: `?into=SLUG`. Without it, the search for the other one. */
export function showMerge(visit: Visit, sent: SentPair | null = null): Promise<Answer> {
  return showChosenPair(visit, TO_MERGE, sent, ConfirmView);
}

export async function merge(visit: Visit): Promise<Answer> {
  const sides = { sourceId: visit.field('source'), destinationId: visit.field('destination') };
  const input = { ...sides, idempotencyKey: visit.idempotencyKey };
  const { data, refusal } = await visit.attempt(MergeDiscussions, { input });
  if (refusal) {
    const ids = { discussionId: sides.sourceId, chosenId: sides.destinationId };
    return showMerge(visit, { ...ids, chosen: visit.field('into'), refusal });
  }
  const { destination, comment } = data.mergeDiscussions;
  if (!destination) return redirect(discussionPath(visit.params['slug'] ?? ''));
  return redirect(comment ? inThread(destination.slug, comment.id) : discussionPath(destination.slug));
}

function ConfirmView({ discussion: source, chosen: destination, problems }: ChosenPair) {
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
