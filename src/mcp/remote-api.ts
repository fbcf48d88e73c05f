import { setTimeout as sleep } from 'node:timers/promises';
import { ApiFault, run, type SendOperation } from './api.ts';
import { SITE_NAME } from './operations.ts';

/** Longer than a server takes to answer or to time out. */
const TIMEOUT_MS = 60_000;

/** Sends operations to a running server. `token`: whose operations they are. Null: a guest's. */
export function remoteApi(url: string, token: string | null, userAgent: string): SendOperation {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': userAgent,
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  return async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body, signal });
      const text = await response.text();
      if (!isJson(response)) throw new Error(`status ${response.status}`);
      return text;
    } catch (error) {
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new ApiFault('UNAVAILABLE', `The forum at ${url} cannot be reached (${why}).`);
    }
  };
}

/** How long an agent waits for the name of a forum that does not answer. */
const NAME_MS_MAX = 5_000;

/** The name of the forum. Null if it does not tell: it cannot be reached, refuses the credential, or is an older one. */
export async function siteNameOf(send: SendOperation): Promise<string | null> {
  const asked = run<{ serverInfo: { siteName: string } }>(send, SITE_NAME, {}).then(
    ({ serverInfo }) => serverInfo.siteName,
    () => null,
  );
  return Promise.race([asked, sleep(NAME_MS_MAX, null, { ref: false })]);
}

function isJson({ headers }: Response): boolean {
  return /\bjson\b/.test(headers.get('content-type') ?? '');
}
