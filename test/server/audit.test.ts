import { auditServer } from 'graphql-http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openForum } from '../support/forum.ts';
import { startTiny } from './tiny-server.ts';

async function missedAudits(url: string): Promise<{ missed: string[]; count: number }> {
  const results = await auditServer({ url: `${url}/graphql` });
  const missed = results.filter((result) => result.status !== 'ok');
  return {
    missed: missed.map((result) => `${result.id} ${result.name}: ${'reason' in result ? result.reason : ''}`),
    count: results.length,
  };
}

describe('all 61 audits of GraphQL over HTTP', () => {
  test('pass on a small schema', async () => {
    const { url } = await startTiny();
    expect(await missedAudits(url)).toEqual({ missed: [], count: 61 });
  });

  test('pass on the forum', async () => {
    const forum = await openForum('sqlite', 'empty');
    onTestFinished(forum.close);
    expect(await missedAudits(forum.url)).toEqual({ missed: [], count: 61 });
  });
});
