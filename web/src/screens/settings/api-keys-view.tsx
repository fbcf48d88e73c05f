import type { Problem } from '../../api/api-error.ts';
import type { ApiKeyScope, Role } from '../../generated/graphql/graphql.ts';
import { AccountPage, Done, Input } from '../../parts/account-page.tsx';
import { Field, FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { type ApiKeyRef, ApiKeyRow } from './api-key-row.tsx';

/** The scopes that a role can give. The API refuses others. */
const SCOPES: Readonly<Record<Role, readonly ApiKeyScope[]>> = {
  MEMBER: ['READ', 'WRITE'],
  VENDOR: ['READ', 'WRITE'],
  MODERATOR: ['READ', 'WRITE', 'MODERATE'],
  ADMIN: ['READ', 'WRITE', 'MODERATE', 'ADMIN'],
};
/** After how many days a key expires. */
const DURATIONS = [30, 90, 365] as const;
const DAY_MS = 86_400_000;

interface ApiKeysProps {
  readonly role: Role;
  readonly apiKeys: readonly (ApiKeyRef & { readonly id: string })[];
  readonly next: string | null;
  readonly problems: readonly Problem[];
  readonly secret: string | undefined;
}

export function ApiKeysView({ role, apiKeys, next, problems, secret }: ApiKeysProps) {
  const { text } = usePage();
  return (
    <AccountPage tab="apiKeys">
      <Done word="revoked" message={text('keys.wasRevoked')} />
      {secret !== undefined && (
        <div class="note" role="status">
          <p>{text('keys.secret')}</p>
          <code class="secret">{secret}</code>
        </div>
      )}
      <Problems problems={problems} fields={['name', 'scopes', 'expiresAt']} />
      <p class="hint">{text('keys.about')}</p>
      {apiKeys.length === 0 ? (
        <p class="empty">{text('keys.none')}</p>
      ) : (
        <ul class="records" role="list">
          {apiKeys.map((apiKey) => (
            <ApiKeyRow key={apiKey.id} apiKey={apiKey} />
          ))}
        </ul>
      )}
      <Pager next={next} more={text('keys.more')} />
      <section class="account__part">
        <h2>{text('keys.new')}</h2>
        <NewKey role={role} problems={problems} isEmpty={secret !== undefined} />
      </section>
    </AccountPage>
  );
}

interface NewKeyProps {
  readonly role: Role;
  readonly problems: readonly Problem[];
  /** Whether the form has created a key, so that it starts anew. */
  readonly isEmpty: boolean;
}

function NewKey({ role, problems, isEmpty }: NewKeyProps) {
  const { visit, text } = usePage();
  const sent = (name: string) => (isEmpty ? '' : visit.field(name));
  const daysSent = Math.round((Date.parse(sent('expiresAt')) - visit.now.getTime()) / DAY_MS);
  return (
    <form class="stack" method="post" action="/account/api-keys">
      <FormKey />
      <Input
        name="name"
        label={text('keys.name')}
        hint={text('keys.nameHint')}
        problems={problems}
        value={sent('name')}
        autocomplete="off"
        required
        dir="auto"
      />
      <Field name="scopes" label={text('keys.scope')} problem={problemOf(problems, 'scopes')}>
        {(control) => (
          <select {...control} class="field">
            {SCOPES[role].map((scope) => (
              <option key={scope} value={scope} selected={sent('scopes') === scope}>
                {text(`keys.scope.${scope}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="expiresAt" label={text('keys.expiry')} problem={problemOf(problems, 'expiresAt')}>
        {(control) => (
          <select {...control} class="field">
            {DURATIONS.map((days) => (
              <option
                key={days}
                value={new Date(visit.now.getTime() + days * DAY_MS).toISOString()}
                selected={daysSent === days}
              >
                {text('keys.days', { days })}
              </option>
            ))}
            <option value="" selected={visit.method === 'POST' && !isEmpty && sent('expiresAt') === ''}>
              {text('keys.never')}
            </option>
          </select>
        )}
      </Field>
      <div class="write__end">
        <button class="btn btn--main">{text('keys.create')}</button>
      </div>
    </form>
  );
}
