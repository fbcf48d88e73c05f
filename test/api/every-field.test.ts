import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/access/context.ts';
import { createLimiter } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { DEFAULT_QUERY_LIMITS } from '../../src/api/limits/query-limits.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { authenticate } from '../../src/identity/index.ts';
import { BUSY_DISCUSSION, type ConnectedForum, openConnectedForum } from '../support/connected-forum.ts';
import { CAPTURED_AT, SITE_URL } from '../support/forum.ts';

const schema = buildSchema({ queryLimits: DEFAULT_QUERY_LIMITS, pointsPerMinute: 600 });
/** How often a type is written out in full: in one place its object may be null. */
const EXPANSIONS = 4;
/** Root fields that need an argument, or more of one. */
const ROOTS: Readonly<Record<string, string>> = {
  discussion: `discussion(slug: "${BUSY_DISCUSSION}")`,
  author: 'author(handle: "many-people-0")',
  category: 'category(slug: "shared-category")',
  product: 'product(slug: "shared-product")',
  tag: 'tag(slug: "shared-tag")',
  search: 'search(query: "town OR -nothing")',
  similarDiscussions: 'similarDiscussions(title: "How is it in the town?")',
};

let opened: ConnectedForum;
beforeAll(async () => {
  opened = await openConnectedForum('sqlite', 3);
});
afterAll(() => opened.forum.close());

interface Selected {
  readonly type: GraphQLNamedOutputType;
  /** Null: only its type's name is asked for. */
  fields: { readonly text: string; readonly of: Selected }[] | null;
}

const isRequired = (arg: { type: unknown; defaultValue?: unknown }) =>
  isNonNullType(arg.type) && arg.defaultValue === undefined;

/** A query of every field that objects of the contract have; places near the root are written out first. */
function everything(): string {
  const expanded = new Map<string, number>();
  const root: Selected = { type: schema.getQueryType() as GraphQLObjectType, fields: null };
  const waiting = [root];
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    const { type } = one;
    const times = expanded.get(type.name) ?? 0;
    if (!isObjectType(type) || times >= EXPANSIONS) continue;
    expanded.set(type.name, times + 1);
    one.fields = Object.values(type.getFields())
      .filter(({ name, args }) => (one === root && name in ROOTS) || !args.some(isRequired))
      .map(({ name, type: of }) => ({
        text: (one === root && ROOTS[name]) || name,
        of: { type: getNamedType(of), fields: null },
      }));
    waiting.push(...one.fields.map(({ of }) => of));
  }
  const written = ({ type, fields }: Selected): string => {
    if (isLeafType(type)) return '';
    if (!fields) return '{ __typename }';
    return `{ ${fields.map(({ text, of }) => `${text} ${written(of)}`).join(' ')} }`;
  };
  return written(root);
}

/** Types that no query of this viewer reaches without having used up a limit, or at all: their resolvers' return types are checked by the type checker. */
const isOfMutations = (name: string) =>
  /Payload$|Preview$|^Problem$|^AccountStatus$|^RateLimitState$|^StructuredDataIssue$/.test(name);

test('every field has a resolver or a column: none is read from a row that lacks it', async () => {
  const seen = new Set<string>();
  const lacking = new Set<string>();
  const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, Context> = (
    source,
    _args,
    _ctx,
    info,
  ) => {
    const field = `${info.parentType.name}.${info.fieldName}`;
    seen.add(field);
    if (!(info.fieldName in source)) lacking.add(field);
    return source[info.fieldName];
  };
  const { db } = opened.forum;
  const parts = { db, now: CAPTURED_AT, sessionMs: 1e9, onFault: () => {}, hosts: null };
  const owner = await authenticate(parts, { authorization: `Bearer ${opened.account}` });
  // a moderator too, who sees the moderation log
  const viewer: Viewer | null = owner && { ...owner, role: 'MODERATOR', moderates: 'ALL' };
  const contextValue = makeContext({
    ...{ db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, clock: () => CAPTURED_AT, viewer },
    ...{ address: '127.0.0.1', limiter: createLimiter() },
  });
  const { errors } = await execute({ schema, document: parse(everything()), contextValue, fieldResolver });
  expect(errors).toBeUndefined();
  expect([...lacking]).toEqual([]);
  const unseen = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !/^(__|Query$|Mutation$)/.test(name) && !isOfMutations(name))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ resolve }) => resolve === undefined)
        .map(({ name }) => `${type.name}.${name}`)
        .filter((field) => !seen.has(field)),
    );
  expect(unseen, 'give the forum of test/support/connected-forum.ts what leads to these').toEqual([]);
});
