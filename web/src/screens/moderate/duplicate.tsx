import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, duplicatePath } from '../../parts/paths.ts';
import { AS_ORIGINAL } from './choose-discussion.tsx';
import { type ChosenPair, type SentPair, showChosenPair } from './chosen-pair.tsx';
import { FormEnd, ModeratorPage } from './moderator-page.tsx';
import { SideView } from './side.tsx';

const MarkDuplicate = graphql(`
  mutation MarkDuplicate($input: MarkDuplicateInput!) {
    markDuplicate(input: $input) {
      clientMutationId
    }
  }
`);

/** Both discussions, and the button that marks one as a duplicate: `?of=SLUG`. Without it, the search for the original. */
export function showDuplicate(visit: Visit, sent: SentPair | null = null): Promise<Answer> {
  return showChosenPair(visit, AS_ORIGINAL, sent, ConfirmView);
}

export async function markDuplicate(visit: Visit): Promise<Answer> {
  const sides = { discussionId: visit.field('discussion'), originalId: visit.field('original') };
  const input = { ...sides, idempotencyKey: visit.idempotencyKey };
  const { refusal } = await visit.attempt(MarkDuplicate, { input });
  if (refusal) {
    const ids = { discussionId: sides.discussionId, chosenId: sides.originalId };
    return showDuplicate(visit, { ...ids, chosen: visit.field('of'), refusal });
  }
  return redirect(discussionPath(visit.params['slug'] ?? ''));
}

function ConfirmView({ discussion, chosen: original, problems }: ChosenPair) {
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
