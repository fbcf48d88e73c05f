import fc from 'fast-check';
import { execute, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { createExecutor } from '../../src/graphql/execution/index.ts';
import { needed, seen } from '../execution/answers.ts';
import { makeUpQuery } from '../execution/documents.ts';
import { engines } from '../support/database.ts';
import { CAPTURED_AT, type Forum, openForum, SITE_URL } from '../support/forum.ts';

const schema = buildSchema();
const { execute: ours } = createExecutor(schema);

describe.each(engines)('the contract on %s', (engine) => {
  let forum: Forum;
  let texts: string[];
  let viewer: Viewer;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
    const { data } = await forum.ask(`{
      discussions(first: 2) { edges { cursor node { id slug url author { id } comments(first: 1) { nodes { id } } } } }
      categories(first: 2) { nodes { id slug } }
      products(first: 1) { nodes { slug } }
    }`);
    texts = [...JSON.stringify(data).matchAll(/"(?:cursor|id|slug|url)":("[^"]*")/g)].map((m) =>
      JSON.parse(m[1] ?? '""'),
    );
    const id = data.discussions.edges[0].node.author.id.slice(2);
    const credential = { kind: 'SESSION', id: null } as const;
    viewer = { id, role: 'ADMIN', canWrite: true, moderates: 'ALL', speaksFor: new Set(), credential };
  });
  afterAll(() => forum.close());

  const context = (who: Viewer | null) =>
    makeContext({
      db: forum.db,
      siteUrl: SITE_URL,
      policy: DEFAULT_POLICY,
      clock: () => CAPTURED_AT,
      viewer: who,
      address: '127.0.0.1',
      limiter: NO_LIMITS,
    });

  test('is answered by our executor as by graphql-js, whatever is asked', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 160 }),
        fc.boolean(),
        async (numbers, isGuest) => {
          const { query, variables } = makeUpQuery(schema, numbers, texts);
          const document = parse(query);
          fc.pre(validate(schema, document).length === 0);
          const who = isGuest ? null : viewer;
          const theirs = await execute({
            schema,
            document,
            variableValues: variables,
            contextValue: context(who),
          });
          const result = await ours({ document, variables, context: context(who) });
          expect(JSON.stringify(result.data)).toBe(JSON.stringify(theirs.data));
          expect(needed(seen(result))).toEqual(needed(seen(theirs)));
          if (JSON.stringify(theirs.data).length > 100) answered++;
        },
      ),
      { numRuns: 300 },
    );
    expect(answered).toBeGreaterThan(20);
  });
});
