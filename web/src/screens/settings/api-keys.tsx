import { type Problem, signInNeeded } from '../../api/api-error.ts';
import type { ApiKeyScope } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { withQuery } from '../../parts/paths.ts';
import { ApiKeysView } from './api-keys-view.tsx';

const ApiKeysPage = graphql(`
  query ApiKeysPage($after: String) {
    ...Frame
    viewer {
      author {
        role
      }
      apiKeys(first: 20, after: $after) {
        nodes {
          id
          ...ApiKeyRow
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  }
`);

const CreateApiKey = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      token
    }
  }
`);

const RevokeApiKey = graphql(`
  mutation RevokeApiKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      clientMutationId
    }
  }
`);

const PATH = '/account/api-keys';

export function showApiKeys(visit: Visit): Promise<Answer> {
  return apiKeysPage(visit, {});
}

/**
 * Creates a key. Its secret is on the page that answers the form, because it must be in no address; reloading that page
 * sends the same form again, which creates nothing.
 */
export async function createApiKey(visit: Visit): Promise<Answer> {
  const input = {
    name: visit.field('name'),
    scopes: [visit.field('scopes') as ApiKeyScope],
    // a time, not a duration, so that a repeat is the same request
    expiresAt: visit.field('expiresAt') || null,
    idempotencyKey: visit.idempotencyKey,
  };
  const { data, refusal } = await visit.attempt(CreateApiKey, { input });
  return apiKeysPage(visit, refusal ? { problems: refusal.problems } : { secret: data.createApiKey.token });
}

export async function revokeApiKey(visit: Visit): Promise<Answer> {
  const input = { apiKeyId: visit.params['id'] ?? '', idempotencyKey: visit.idempotencyKey };
  await visit.ask(RevokeApiKey, { input });
  return redirect(`${PATH}?done=revoked`);
}

interface Outcome {
  readonly problems?: readonly Problem[];
  /** The secret of the key that was created by this request. */
  readonly secret?: string;
}

async function apiKeysPage(visit: Visit, { problems = [], secret }: Outcome): Promise<Answer> {
  const data = await visit.ask(ApiKeysPage, { after: visit.url.searchParams.get('after') });
  if (!data.viewer) throw signInNeeded();
  const { author, apiKeys } = data.viewer;
  const { hasNextPage, endCursor } = apiKeys.pageInfo;
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: visit.speech.text('account.tab.apiKeys'),
    viewer: viewerOf(data),
    view: (
      <ApiKeysView
        role={author.role}
        apiKeys={apiKeys.nodes}
        next={hasNextPage ? withQuery(new URL(PATH, visit.url), { after: endCursor ?? null }) : null}
        problems={problems}
        secret={secret}
      />
    ),
  });
}
