import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { FormKey } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { Time } from '../../parts/time.tsx';

const Row = graphql(`
  fragment ApiKeyRow on ApiKey {
    id
    name
    hint
    scopes
    createdAt
    expiresAt
    lastUsedAt
    revokedAt
  }
`);

export type ApiKeyRef = FragmentType<typeof Row>;

/** An API key without its secret, with the button that revokes it. */
export function ApiKeyRow({ apiKey }: { readonly apiKey: ApiKeyRef }) {
  const { visit, text, formats } = usePage();
  const { id, name, hint, scopes, createdAt, expiresAt, lastUsedAt, revokedAt } = readFragment(Row, apiKey);
  const isExpired = expiresAt !== null && Date.parse(expiresAt) <= visit.now.getTime();
  const scope = scopes.at(-1);
  return (
    <li class="record">
      <div>
        <b dir="auto">{name}</b> <code>{hint}…</code>{' '}
        {revokedAt ? (
          <span class="badge">{text('keys.revoked')}</span>
        ) : (
          isExpired && <span class="badge">{text('keys.expired')}</span>
        )}
        <p class="hint">
          {scope && text(`keys.scope.${scope}`)} · {text('keys.created')} <Time at={createdAt} /> ·{' '}
          {lastUsedAt ? (
            <>
              {text('sessions.used')} <Time at={lastUsedAt} />
            </>
          ) : (
            text('keys.unused')
          )}
          {expiresAt && !isExpired && !revokedAt && (
            <> · {text('keys.expires', { at: formats.exact(expiresAt) })}</>
          )}
        </p>
      </div>
      {!revokedAt && !isExpired && (
        <form method="post" action={`/account/api-keys/${encodeURIComponent(id)}/revoke`}>
          <FormKey />
          <button class="btn btn--line btn--small" aria-label={text('keys.revokeOf', { name })}>
            {text('keys.revoke')}
          </button>
        </form>
      )}
    </li>
  );
}
