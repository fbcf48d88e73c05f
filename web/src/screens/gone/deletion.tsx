import type { AuthorNameFragmentDoc } from '../../generated/graphql/graphql.ts';
import type { FragmentType } from '../../generated/graphql/index.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { FormKey } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Time } from '../../parts/time.tsx';

interface DeletionProps {
  readonly deletedAt: string;
  readonly deletedBy?: FragmentType<typeof AuthorNameFragmentDoc> | null;
  readonly deletionReason?: string | null;
}

/** Who deleted something, when and why. */
export function Deletion({ deletedAt, deletedBy = null, deletionReason }: DeletionProps) {
  const { text } = usePage();
  return (
    <dl class="facts">
      <dt>{text('gone.by')}</dt>
      <dd>{deletedBy ? <PlainAuthor author={deletedBy} /> : text('gone.byUnknown')}</dd>
      <dt>{text('gone.at')}</dt>
      <dd>
        <Time at={deletedAt} />
      </dd>
      <dt>{text('gone.reason')}</dt>
      <dd dir="auto">{deletionReason ?? text('gone.noReason')}</dd>
    </dl>
  );
}

interface RestoreProps {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The button that restores it. */
export function Restore({ action, fields }: RestoreProps) {
  const { text } = usePage();
  return (
    <form method="post" action={action}>
      <FormKey />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class="btn btn--main">{text('gone.restore')}</button>
    </form>
  );
}
