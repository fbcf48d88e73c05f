import type { Visit } from '../../http/visit.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, withQuery } from '../../parts/paths.ts';
import { WriteForm } from '../../parts/write-form.tsx';
import { type Draft, useThread } from './thread-context.ts';

interface ReplyFormProps {
  /** Null: an answer at the top level. */
  readonly replyTo: { readonly id: string; readonly author: string } | null;
}

/** The form for a comment, under the comment that it replies to. */
export function ReplyForm({ replyTo }: ReplyFormProps) {
  const { viewer, text, visit } = usePage();
  const { discussionId, slug, draft, officialOf } = useThread();
  const isHere = draft.replyToId === (replyTo?.id ?? null);
  if (replyTo !== null && !isHere) return null;
  const own: Omit<Draft, 'replyToId'> = isHere ? draft : { body: '', previewHTML: null, problems: [] };
  const id = replyTo === null ? 'write' : 'reply';
  // in a page of another site, nobody has asked
  const ownWords = visit.isEmbedded
    ? ({ label: 'embed.write', post: 'embed.post' } as const)
    : ({ label: 'write.answer', post: 'write.postAnswer' } as const);
  return (
    <WriteForm
      id={id}
      action={`${discussionPath(slug)}/comments`}
      label={replyTo === null ? text(ownWords.label) : text('write.replyTo', { author: replyTo.author })}
      isLabelHidden={replyTo === null}
      placeholder={replyTo === null && !visit.isEmbedded ? text('write.answerHint') : undefined}
      hint={viewer === null ? text('write.guest') : text('write.markdown')}
      submit={text(
        viewer === null ? 'write.signInAndPost' : replyTo !== null ? 'write.postReply' : ownWords.post,
      )}
      body={own.body}
      previewHTML={own.previewHTML}
      problems={own.problems}
      {...(replyTo && { cancel: pathBack(visit, replyTo.id) })}
    >
      <input type="hidden" name="discussion" value={discussionId} />
      {officialOf !== null && (
        <label class="check">
          <input type="checkbox" name="isOfficial" value="on" checked={own.isOfficial} />{' '}
          {text('write.official', { product: officialOf })}
        </label>
      )}
      {replyTo && <input type="hidden" name="replyTo" value={replyTo.id} />}
    </WriteForm>
  );
}

/** The comment that was to be replied to, without the form. */
function pathBack({ here, site }: Visit, id: string): string {
  return `${withQuery(new URL(here, site.url), { reply: null, comment: id })}#${id}`;
}
