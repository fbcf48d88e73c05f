import { expect, test } from 'vitest';
import { makeToken } from '../../../src/identity/token.ts';
import { openForum } from '../../support/forum.ts';
import { newcomer, VIEWER } from './account-rows.ts';

test('the operator learns why a session or key was refused, and the client learns nothing of it', async () => {
  const reasons: string[] = [];
  const forum = await openForum('sqlite', 'empty', {}, { onRefused: (reason) => reasons.push(reason) });
  const { token } = await newcomer(forum);
  const key = async (input: object = {}) =>
    (await forum.do('createApiKey', { name: 'k', scopes: ['READ'], ...input }, 'token apiKey { id }', token))
      .data.createApiKey;
  const brief = await key({ expiresAt: new Date(Date.parse('2026-11-24T00:01:00Z')) });
  const revoked = await key();
  await forum.do('revokeApiKey', { apiKeyId: revoked.apiKey.id }, 'clientMutationId', token);
  forum.wait(60_000);
  const answers = [];
  for (const bad of [
    brief.token,
    revoked.token,
    makeToken('SESSION').token,
    `${revoked.token.slice(0, -1)}~`,
    'letmein',
  ])
    answers.push(JSON.stringify(await forum.askWith(bad, VIEWER)));
  expect(reasons).toEqual([
    'expired',
    'unknown, ended or revoked',
    'unknown, ended or revoked',
    'mistyped',
    'not a token of this forum',
  ]);
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).not.toMatch(/revoked|mistyped|unknown/);
  await forum.close();
});
