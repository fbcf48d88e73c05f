import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { FormKey } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Time } from '../../parts/time.tsx';
import { deviceOf } from './device.ts';

const Row = graphql(`
  fragment SessionRow on Session {
    id
    createdAt
    lastUsedAt
    userAgent
    isCurrent
  }
`);

export type SessionRef = FragmentType<typeof Row>;

/** A sign-in on one device, with the button that ends it. */
export function SessionRow({ session }: { readonly session: SessionRef }) {
  const { text } = usePage();
  const { id, createdAt, lastUsedAt, userAgent, isCurrent } = readFragment(Row, session);
  const device = deviceOf(userAgent);
  const name =
    device === null ? (userAgent?.slice(0, 80) ?? text('sessions.unknown')) : text('sessions.device', device);
  return (
    <li class="record">
      <div>
        <b title={userAgent ?? undefined}>{name}</b>{' '}
        {isCurrent && <span class="badge badge--good">{text('sessions.current')}</span>}
        <p class="hint">
          {text('sessions.started')} <Time at={createdAt} /> · {text('sessions.used')}{' '}
          <Time at={lastUsedAt} />
        </p>
      </div>
      {!isCurrent && (
        <form method="post" action={`/account/sessions/${encodeURIComponent(id)}/end`}>
          <FormKey />
          <button class="btn btn--line btn--small" aria-label={text('sessions.endOf', { name })}>
            {text('sessions.end')}
          </button>
        </form>
      )}
    </li>
  );
}
