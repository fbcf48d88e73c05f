import type { Problem } from '../../api/api-error.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { AccountPage, Done, Input } from '../../parts/account-page.tsx';
import { FormKey, Problems, ReturnHere } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { Time } from '../../parts/time.tsx';
import { type SessionRef, SessionRow } from './session-row.tsx';

const AddressAndPassword = graphql(`
  fragment AddressAndPassword on Account {
    email
    emailConfirmedAt
    passwordChangedAt
  }
`);

interface SecurityProps {
  /** Null if the viewer signs in with the host application. */
  readonly account: FragmentType<typeof AddressAndPassword> | null;
  readonly sessions: readonly (SessionRef & { readonly id: string })[];
  /** The address of the next page of sessions. */
  readonly next: string | null;
  readonly problems: readonly Problem[];
}

export function SecurityView({ account, sessions, next, problems }: SecurityProps) {
  const { text } = usePage();
  return (
    <AccountPage tab="security">
      <Done word="sent" message={text('address.sent')} />
      <Done word="changed" message={text('password.changed')} />
      <Done word="ended" message={text('sessions.ended')} />
      <Problems problems={problems} fields={['currentPassword', 'newPassword']} />
      {account && <Address account={account} />}
      {account && <Password account={account} problems={problems} />}
      <section class="account__part">
        <h2>{text('sessions.title')}</h2>
        {sessions.length === 0 ? (
          <p class="hint">{text('sessions.none')}</p>
        ) : (
          <ul class="records" role="list">
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        )}
        <Pager next={next} more={text('sessions.more')} />
      </section>
    </AccountPage>
  );
}

function Address({ account }: { readonly account: FragmentType<typeof AddressAndPassword> }) {
  const { text } = usePage();
  const { email, emailConfirmedAt } = readFragment(AddressAndPassword, account);
  return (
    <section class="account__part">
      <h2>{text('account.email')}</h2>
      <p>
        <b>{email}</b>{' '}
        {emailConfirmedAt ? (
          <span class="badge badge--good">{text('address.confirmed')}</span>
        ) : (
          <span class="badge">{text('address.unconfirmed')}</span>
        )}
      </p>
      {!emailConfirmedAt && (
        <form method="post" action="/account/confirmation">
          <FormKey />
          <ReturnHere />
          <button class="btn btn--line">{text('address.send')}</button>
        </form>
      )}
    </section>
  );
}

interface PasswordProps {
  readonly account: FragmentType<typeof AddressAndPassword>;
  readonly problems: readonly Problem[];
}

function Password({ account, problems }: PasswordProps) {
  const { text } = usePage();
  const { email, passwordChangedAt } = readFragment(AddressAndPassword, account);
  return (
    <section class="account__part">
      <h2>{text('account.password')}</h2>
      <p class="hint">
        {text('password.set')} <Time at={passwordChangedAt} />. {text('password.endsSessions')}
      </p>
      <form class="stack" method="post" action="/account/password">
        <FormKey />
        <input type="hidden" name="return" value="/account/security" />
        {/* tells password managers whose password it is */}
        <input type="hidden" autocomplete="username" value={email} />
        <Input
          name="currentPassword"
          label={text('password.current')}
          problems={problems}
          type="password"
          autocomplete="current-password"
          required
        />
        <Input
          name="newPassword"
          label={text('account.newPassword')}
          hint={text('account.passwordHint')}
          problems={problems}
          type="password"
          autocomplete="new-password"
          required
        />
        <div class="write__end">
          <button class="btn btn--main">{text('password.change')}</button>
        </div>
      </form>
    </section>
  );
}
