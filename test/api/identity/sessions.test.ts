import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeToken } from '../../../src/identity/token.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, PASSWORD, rowCounts, rowsAsText, VIEWER } from './account-rows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const SESSIONS =
  '{ viewer { sessions { totalCount nodes { id createdAt lastUsedAt expiresAt userAgent isCurrent } } } }';

describe.each(engines)('sessions on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const signIn = async (email: string) => {
    const { data } = await forum.do('signIn', { email, password: PASSWORD }, 'token session { id }');
    return { token: data.signIn.token as string, id: data.signIn.session.id as string };
  };
  const isSignedIn = async (token: string) => (await forum.askWith(token, VIEWER)).errors === undefined;

  test('are listed for their owner, the newest first, with the current one marked', async () => {
    const { email, token, sessionId } = await newcomer(forum);
    await newcomer(forum);
    const second = await signIn(email);
    const { data } = await forum.askWith(token, SESSIONS);
    expect(data.viewer.sessions.totalCount).toBe(2);
    expect(data.viewer.sessions.nodes).toMatchObject([
      { id: second.id, isCurrent: false, userAgent: 'node' },
      { id: sessionId, isCurrent: true, userAgent: 'node' },
    ]);
  });

  test('pages of 1, 2 and 7 make up the whole, from either end', async () => {
    const { email, token } = await newcomer(forum);
    for (let i = 0; i < 8; i++) await signIn(email);
    const whole = (await forum.askWith(token, '{ viewer { sessions(first: 100) { nodes { id } } } }')).data
      .viewer.sessions.nodes;
    expect(whole).toHaveLength(9);
    const PAGE = 'nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }';
    for (const size of [1, 2, 7]) {
      const found: unknown[] = [];
      for (let after = ''; ; ) {
        const args = `first: ${size}${after && `, after: "${after}"`}`;
        const page = (await forum.askWith(token, `{ viewer { sessions(${args}) { ${PAGE} } } }`)).data.viewer
          .sessions;
        found.push(...page.nodes);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(found).toEqual(whole);
      const back: unknown[] = [];
      for (let before = ''; ; ) {
        const args = `last: ${size}${before && `, before: "${before}"`}`;
        const page = (await forum.askWith(token, `{ viewer { sessions(${args}) { ${PAGE} } } }`)).data.viewer
          .sessions;
        back.unshift(...page.nodes);
        if (!page.pageInfo.hasPreviousPage) break;
        before = page.pageInfo.startCursor;
      }
      expect(back).toEqual(whole);
    }
  });

  test('cannot be seen or ended by others, by node(id), or with an API key of the owner', async () => {
    const owner = await newcomer(forum);
    const other = await newcomer(forum);
    const made = await forum.do('createApiKey', { name: 'k', scopes: ['WRITE'] }, 'token', owner.token);
    const key = made.data.createApiKey.token;
    const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await forum.askWith(owner.token, NODE, { id: owner.sessionId })).data.node.id).toBe(
      owner.sessionId,
    );
    const before = await rowCounts(forum.db);
    for (const answer of [
      await forum.ask(NODE, { id: owner.sessionId }),
      await forum.askWith(other.token, NODE, { id: owner.sessionId }),
      await forum.askWith(key, NODE, { id: owner.sessionId }),
    ])
      expect(refusalOf(answer)).toEqual({ code: 'NOT_FOUND', field: 'id' });
    const input = { sessionId: owner.sessionId };
    const revoke = (token?: string) => forum.do('revokeSession', input, 'revokedSessionId', token);
    expect(refusalOf(await revoke())).toEqual({ code: 'UNAUTHENTICATED' });
    expect(refusalOf(await revoke(key))).toEqual({ code: 'FORBIDDEN' });
    expect(refusalOf(await revoke(other.token))).toEqual({ code: 'NOT_FOUND', field: 'input.sessionId' });
    expect(await rowCounts(forum.db)).toEqual(before);
    for (const query of ['{ viewer { account { email } } }', '{ viewer { sessions { totalCount } } }'])
      expect(refusalOf(await forum.askWith(key, query))).toEqual({ code: 'FORBIDDEN' });
    expect(await forum.ask('{ viewer { id account { email } sessions { totalCount } } }')).toEqual({
      data: { viewer: null },
    });
  });

  test('revokeSession ends one for good, and a repeat under its key has the same outcome', async () => {
    const { email, token } = await newcomer(forum);
    const lost = await signIn(email);
    const input = { sessionId: lost.id, idempotencyKey: 'revoke-1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => forum.do('revokeSession', input, 'revokedSessionId', token)),
    );
    for (const answer of answers)
      expect(answer).toEqual({ data: { revokeSession: { revokedSessionId: lost.id } } });
    expect([await isSignedIn(lost.token), await isSignedIn(token)]).toEqual([false, true]);
    const again = await forum.do('revokeSession', { sessionId: lost.id }, 'revokedSessionId', token);
    expect(refusalOf(again)).toEqual({ code: 'NOT_FOUND', field: 'input.sessionId' });
    const nonsense = await forum.do('revokeSession', { sessionId: 'S_1' }, 'revokedSessionId', token);
    expect(refusalOf(nonsense)).toEqual({ code: 'NOT_FOUND', field: 'input.sessionId' });
  });

  test('signOut ends the current session and no other; guests and keys have none', async () => {
    const { email, token } = await newcomer(forum);
    const second = await signIn(email);
    const made = await forum.do('createApiKey', { name: 'k', scopes: ['WRITE'] }, 'token', token);
    const before = await rowCounts(forum.db);
    const asKey = await forum.do('signOut', {}, 'clientMutationId', made.data.createApiKey.token);
    expect(refusalOf(asKey)).toEqual({ code: 'FORBIDDEN' });
    expect(refusalOf(await forum.do('signOut', {}, 'clientMutationId'))).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await rowCounts(forum.db)).toEqual(before);
    const input = { clientMutationId: 'x', idempotencyKey: email };
    const answer = await forum.do('signOut', input, 'clientMutationId', second.token);
    expect(answer).toEqual({ data: { signOut: { clientMutationId: 'x' } } });
    const repeat = await forum.do('signOut', input, 'clientMutationId', second.token);
    expect(refusalOf(repeat)).toEqual({ code: 'UNAUTHENTICATED' });
    expect([await isSignedIn(second.token), await isSignedIn(token)]).toEqual([false, true]);
    expect((await rowCounts(forum.db)).session).toBe(before.session - 1);
  });

  test('forged, mistyped, foreign and unknown tokens are refused with the same message, and write nothing', async () => {
    const { token } = await newcomer(forum);
    const before = await rowsAsText(forum.db);
    const wrong = [
      makeToken('SESSION').token,
      makeToken('API_KEY').token,
      makeToken('MAIL').token,
      `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
      token.replace('prl_ses_', 'prl_key_'),
      token.toLowerCase(),
      'prl_ses_',
      'letmein',
    ];
    const answers = await Promise.all(
      wrong.map((text) => forum.do('createApiKey', { name: 'k', scopes: ['READ'] }, 'token', text)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer.errors))).size).toBe(1);
    expect(answers[0]?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await rowsAsText(forum.db)).toBe(before);
  });
});

describe.each(engines)('a session’s time on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { sessionMs: 10 * DAY_MS });
  });
  afterAll(() => forum.close());
  const at = (ms: number) => new Date(CAPTURED_AT.getTime() + ms).toISOString();

  test('is updated once in five minutes however often it is used, and extends the session', async () => {
    const { token } = await newcomer(forum);
    const seen = async () => {
      const { data } = await forum.askWith(token, SESSIONS);
      const [{ lastUsedAt, expiresAt }] = data.viewer.sessions.nodes;
      return { lastUsedAt, expiresAt };
    };
    const first = { lastUsedAt: at(0), expiresAt: at(10 * DAY_MS) };
    forum.wait(4 * MINUTE_MS);
    expect(await seen()).toEqual(first);
    forum.wait(MINUTE_MS);
    let notes = 0;
    const stop = forum.db.onStatement((text) => {
      if (text.startsWith('UPDATE session')) notes++;
    });
    await Promise.all(Array.from({ length: 20 }, seen));
    const noted = { lastUsedAt: at(5 * MINUTE_MS), expiresAt: at(10 * DAY_MS + 5 * MINUTE_MS) };
    await expect.poll(seen).toEqual(noted);
    stop();
    // anyone who had read the row before the note was there finds nothing to note
    expect(notes).toBeLessThan(20);
  });

  test('ends it when it is not used; each use starts it again, and ended sessions are deleted', async () => {
    const [used, unused] = [await newcomer(forum), await newcomer(forum)];
    const lastUsedAt = async () =>
      (await forum.askWith(used.token, SESSIONS)).data.viewer.sessions.nodes[0].lastUsedAt;
    for (let days = 4; days <= 12; days += 4) {
      forum.wait(4 * DAY_MS);
      await expect.poll(lastUsedAt).toBe(at(5 * MINUTE_MS + days * DAY_MS));
    }
    expect((await forum.askWith(unused.token, VIEWER)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const before = (await rowCounts(forum.db)).session;
    await newcomer(forum);
    expect((await rowCounts(forum.db)).session).toBeLessThanOrEqual(before);
    forum.wait(-5 * DAY_MS);
    expect((await forum.askWith(used.token, VIEWER)).errors).toBeUndefined();
  });
});
