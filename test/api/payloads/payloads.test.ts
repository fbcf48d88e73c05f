import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { ACCOUNT_CASES } from './account-cases.ts';
import { Cache, payloadOf, READ, READ_ACCOUNT } from './cache.ts';
import { CASES } from './cases.ts';
import type { PayloadCase } from './payload-case.ts';
import { openScene, type Scene } from './scene.ts';

const titled = CASES.map((one): [string, PayloadCase] => [`${one.mutation} ${one.when ?? ''}`.trim(), one]);

describe.each(engines)('what a client caches after a mutation on %s', (engine) => {
  let forum: Forum;
  /** Of the cases that change nobody's account: hashing passwords takes most of the time. */
  let account: Scene['account'];
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    ({ account } = await openScene(forum));
  });
  afterAll(() => forum.close());

  const tokenOf = async (by: string, scene: Scene) => {
    if (by === 'guest') return undefined;
    return by === 'owner' ? scene.account.token : forum.as(by).token();
  };
  const ask = (token: string | undefined, query: string, variables = {}): Promise<Answer> =>
    token === undefined ? forum.ask(query, variables) : forum.askWith(token, query, variables);

  /** What the server answers about these objects now. */
  async function read(by: string, token: string | undefined, ids: readonly string[]): Promise<Cache> {
    const cache = new Cache();
    const { data } = await ask(token, READ, { ids });
    cache.add(data);
    if (by === 'owner') cache.add((await ask(token, READ_ACCOUNT)).data);
    return cache;
  }

  test.each(titled)('%s: the payload merged into the cache is what the server answers', async (_, one) => {
    const scene = await openScene(forum, ACCOUNT_CASES.includes(one) ? undefined : account);
    await one.before?.(scene);
    const token = await tokenOf(one.by, scene);
    const input = await one.input(scene);
    const cached = await read(one.by, token, scene.ids);
    forum.wait(1000);
    const answer = await forum.do(one.mutation, { ...input }, payloadOf(one.mutation), token);
    expect(answer.errors).toBeUndefined();
    const payload = answer.data[one.mutation];
    if (!one.changesViewer) {
      cached.takeUp(payload);
      const ids = [...cached.records.keys()].filter((id) => id !== 'Account');
      expect(ids.length).toBeGreaterThan(5);
      const fresh = await read(one.by, token, ids);
      for (const [id, record] of cached.records)
        expect({ id, ...without(record, one) }).toEqual({ id, ...without(fresh.records.get(id), one) });
      expect(differing(cached, fresh)).toEqual([...(one.refetched ?? [])].sort());
    }
    if (one.edge) {
      const [field, connection, path] = one.edge;
      const { data } = await ask(token, connection(scene));
      const { edges } = path.reduce((value, name) => value[name], data);
      const { cursor, node } = payload[field];
      expect(edges).toContainEqual({ cursor, node: { id: node.id } });
    }
  });
});

describe.each(engines)('the comments above a comment on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const ADD = `mutation ($input: AddCommentInput!) { addComment(input: $input) {
    comment { id } ancestors { id descendantCount author { name } viewerCan { reply { isAllowed } } } } }`;

  test('are nearest first, and cost as many statements for eight as for two', async () => {
    const { discussionId, comments } = await openScene(forum);
    const token = await forum.as('ada').token();
    // from now on the credential is known, and the words are in the search index
    await forum.as('ada').do('addComment', { discussionId, body: 'At depth 0' }, 'comment { id }');
    const path = [comments.deep, comments.reply, comments.top];
    const counted: number[] = [];
    for (let depth = 3; depth <= 8; depth++) {
      const input = { discussionId, replyToId: path[0], body: `At depth ${depth}` };
      const { answer, statements } = await forum.count(ADD, { input }, token);
      const { comment, ancestors } = answer.data.addComment;
      expect(ancestors.map(({ id }: { id: string }) => id)).toEqual(path);
      expect(ancestors.map((one: { descendantCount: number }) => one.descendantCount)).toEqual(
        path.map((_, n) => n + 1),
      );
      path.unshift(comment.id);
      counted.push(statements);
    }
    expect(counted).toEqual(Array(6).fill(counted[0]));
  });

  test('are not shown by a repeat after the discussion was deleted', async () => {
    const { discussionId, comments, do: act } = await openScene(forum);
    const ada = forum.as('ada');
    const input = { discussionId, replyToId: comments.top, body: 'New', idempotencyKey: discussionId };
    const selection =
      'comment { id } commentEdge { cursor } allCommentsEdge { cursor } ancestors { id } discussion { id }';
    expect((await ada.do('addComment', input, selection)).data.addComment.ancestors).toHaveLength(1);
    await act('mod', 'deleteDiscussion', { discussionId });
    expect(await ada.do('addComment', input, selection)).toEqual({
      data: {
        addComment: {
          comment: null,
          commentEdge: null,
          allCommentsEdge: null,
          ancestors: [],
          discussion: null,
        },
      },
    });
  });
});

/** A record without the fields that a client has to fetch again. */
function without(record: Record<string, unknown> | undefined, { refetched = [] }: PayloadCase): object {
  const isKept = ([field]: [string, unknown]) => !refetched.includes(`${record?.['__typename']}.${field}`);
  return record ? Object.fromEntries(Object.entries(record).filter(isKept)) : { unknown: true };
}

/** The fields in which a cache differs from what is so. */
function differing(cached: Cache, fresh: Cache): string[] {
  const found = [...cached.records].flatMap(([id, record]) => {
    const now = fresh.records.get(id) ?? {};
    return Object.keys(record)
      .filter((name) => JSON.stringify(record[name]) !== JSON.stringify(now[name]))
      .map((name) => `${record['__typename']}.${name}`);
  });
  return [...new Set(found)].sort();
}
