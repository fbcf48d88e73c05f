import type { ApiError, Problem } from '../../api/api-error.ts';
import { Field, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';

/** What a form to delete was sent with, and why it is refused. */
export interface SentReason {
  readonly reason: string;
  readonly problems: readonly Problem[];
}

/** The reason that was sent, with what is wrong with it. Throws a refusal that is not about it. */
export function refusedReason(reason: string, refusal: ApiError): SentReason {
  if (problemOf(refusal.problems, 'reason') === undefined) throw refusal;
  return { reason, problems: refusal.problems };
}

/** The field for why something is deleted. It may be empty. */
export function DeletionReason({ sent }: { readonly sent: SentReason | null }) {
  const { text } = usePage();
  return (
    <Field
      name="reason"
      label={text('delete.reason')}
      hint={text('delete.reasonHint')}
      problem={problemOf(sent?.problems ?? [], 'reason')}
    >
      {(control) => <input {...control} class="field" dir="auto" maxlength={500} value={sent?.reason} />}
    </Field>
  );
}
