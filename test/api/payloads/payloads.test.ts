import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSchema } from '../../../src/api/schema.ts';
import { engines } from '../../support/database.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { Cache, payloadOf, READ, READ_ACCOUNT } from './cache.ts';
import { CASES, type PayloadCase } from './cases.ts';
import { openScene, type Scene } from './scene.ts';

const titled = CASES.map((one): [string, PayloadCase] => [`${one.mutation} ${one.when ?? ''}`.trim(), one]);

test('every mutation has a case', () => {
  const mutations = Object.keys(buildSchema().getMutationType()?.getFields() ?? {});
  expect([...new Set(CASES.map(({ mutation }) => mutation))].sort()).toEqual(mutations.sort());
});

test('every payload that has an edge has a case that compares it with its connection', () => {
  const edges = Object.values(buildSchema().getMutationType()?.getFields() ?? {}).flatMap(({ name }) =>
    [...payloadOf(name).matchAll(/^(\w+Edge) /gm)].map(([, field]) => `${name}.${field}`),
  );
  const compared = CASES.filter(({ edge, changesViewer }) => edge || changesViewer).map(
    ({ mutation, edge }) => `${mutation}.${edge?.[0] ?? 'sessionEdge'}`,
  );
  expect(edges.filter((edge) => !compared.includes(edge))).toEqual([]);
});

describe.each(engines)('what a client caches after a mutation on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
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
    const scene = await openScene(forum);
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

/** A record without the fields that a client has to fetch again. */
function without(record: Record<string, unknown> | undefined, { refetched = [] }: PayloadCase): object {
  const isKept = ([field]: [string, unknown]) => !refetched.includes(`${record?.['__typename']}.${field}`);
  return record ? Object.fromEntries(Object.entries(record).filter(isKept)) : { unknown: true };
}
