import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { startTiny } from './tiny-server.ts';

/** Where the protection against forged requests asks for it, a client that is no page says so. */
function asProgram(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { 'apollo-require-preflight': '1', ...init.headers } });
}

test('passes all 61 audits of GraphQL over HTTP', async () => {
  const { url } = await startTiny();
  const results = await auditServer({ url: `${url}/graphql`, fetchFn: asProgram });
  const missed = results.filter((result) => result.status !== 'ok');
  expect(
    missed.map((result) => `${result.id} ${result.name}: ${'reason' in result ? result.reason : ''}`),
  ).toEqual([]);
  expect(results).toHaveLength(61);
});
