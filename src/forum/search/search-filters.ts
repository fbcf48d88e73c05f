// Qualifiers as conditions on the found rows: `d` is the discussion, `x` the discussion or comment that is found.
import type { Context } from '../../access/context.ts';
import type { Dialect, MaybePromise, Param } from '../../store/index.ts';
import { loadAuthorByHandle } from '../author/index.ts';
import { categories, loadBySlug, products, tags } from '../catalog/index.ts';
import type { Choice, Filters, Issue, Range, State } from './query.ts';

/** A condition. The SQL comes from a small fixed set. */
export interface FilterCondition {
  readonly sql: (d: Dialect) => string;
  readonly params: readonly Param[];
}

/** What the qualifiers of a query lead to. */
export interface FoundFilters {
  readonly conditions: readonly FilterCondition[];
  readonly authors: readonly { readonly ids: readonly string[]; readonly isNot: boolean }[];
  readonly issues: readonly Issue[];
}

const NOTHING_TO_FIND: FoundFilters = { conditions: [], authors: [], issues: [] };

/** Resolves slugs and handles. Unknown ones find nothing, and are reported. */
export function findFilters(ctx: Context, filters: Filters): MaybePromise<FoundFilters> {
  const isEmpty = Object.values(filters).every((choices: readonly unknown[]) => choices.length === 0);
  return isEmpty ? NOTHING_TO_FIND : resolveFilters(ctx, filters);
}

async function resolveFilters(ctx: Context, filters: Filters): Promise<FoundFilters> {
  const [category, product, tag, author] = await Promise.all([
    idsOf(filters.category, 'category', async (slug) => (await loadBySlug(ctx, categories, slug))?.id),
    idsOf(filters.product, 'product', async (slug) => (await loadBySlug(ctx, products, slug))?.id),
    idsOf(filters.tag, 'tag', async (slug) => (await loadBySlug(ctx, tags, slug))?.id),
    idsOf(filters.author, 'author', async (value) =>
      value === '@me' ? ctx.viewer?.id : (await loadAuthorByHandle(ctx, value))?.id,
    ),
  ]);
  return {
    conditions: [
      ...oneOf('d.category_id', category),
      ...oneOf('d.product_id', product),
      ...tag.map(tagged),
      ...filters.is.map((choice) => stateCondition(ctx, choice)),
      ...filters.created.map(({ range, isNot }) =>
        rangeCondition('x.created_at', range, isNot, (ms) => new Date(ms)),
      ),
      ...filters.score.map(({ range, isNot }) =>
        rangeCondition('x.net_upvotes', range, isNot, (value) => value),
      ),
    ],
    // repeated authors are alternatives, because a text has only one
    authors: together(author),
    issues: [category, product, tag, author].flat().flatMap(({ issues }) => issues),
  };
}

interface Ids {
  readonly ids: readonly string[];
  readonly isNot: boolean;
}
type FoundIds = Ids & { readonly issues: readonly Issue[] };

async function idsOf(
  choices: readonly Choice[],
  kind: 'category' | 'product' | 'tag' | 'author',
  find: (value: string) => Promise<string | undefined>,
): Promise<FoundIds[]> {
  return Promise.all(
    choices.map(async ({ values, isNot, start, end }) => {
      const found = await Promise.all(values.map(find));
      const unknown = values.filter((_, i) => found[i] === undefined);
      const issues = unknown.length > 0 ? [{ ...notFound(kind, unknown), start, end }] : [];
      return { ids: found.filter((id) => id !== undefined), isNot, issues };
    }),
  );
}

function notFound(kind: string, values: readonly string[]): Pick<Issue, 'code' | 'message'> {
  if (values.includes('@me'))
    return { code: 'SIGN_IN_FIRST', message: 'Sign in to search your own texts by `author:@me`.' };
  const named = values.map((value) => `\`${value}\``).join(' or ');
  return { code: 'NOT_FOUND', message: `There is no ${kind} ${named}.` };
}

/** Wanted choices of what a text has only one of as one choice, and the excluded ones. */
function together(choices: readonly Ids[]): Ids[] {
  const wanted = choices.filter(({ isNot }) => !isNot);
  const excluded = choices.filter(({ isNot }) => isNot);
  if (wanted.length === 0) return excluded;
  return [{ ids: wanted.flatMap(({ ids }) => ids), isNot: false }, ...excluded];
}

function oneOf(column: string, choices: readonly Ids[]): FilterCondition[] {
  return together(choices).map(({ ids, isNot }) =>
    isNot
      ? { sql: (d) => `(${column} IS NULL OR NOT ${d.inList(column)})`, params: [ids] }
      : { sql: (d) => d.inList(column), params: [ids] },
  );
}

function tagged({ ids, isNot }: Ids): FilterCondition {
  return {
    sql: (d) =>
      `${isNot ? 'NOT ' : ''}EXISTS (SELECT 1 FROM discussion_tag g WHERE g.discussion_id = d.id AND ${d.inList('g.tag_id')})`,
    params: [ids],
  };
}

const STATE_SQL: Readonly<Record<State, string>> = {
  answered: 'd.answer_id IS NOT NULL',
  unanswered: 'd.answer_id IS NULL',
  locked: 'd.locked_at IS NOT NULL',
  unlocked: 'd.locked_at IS NULL',
  closed: 'd.closed_at IS NOT NULL',
  open: 'd.closed_at IS NULL',
  duplicate: 'd.duplicate_of_id IS NOT NULL',
  pinned:
    'EXISTS (SELECT 1 FROM pin p WHERE p.discussion_id = d.id AND (p.expires_at IS NULL OR p.expires_at > ?))',
};

function stateCondition(ctx: Context, { values, isNot }: Choice<State>): FilterCondition {
  const sql = `(${values.map((state) => STATE_SQL[state]).join(' OR ')})`;
  return {
    sql: () => (isNot ? `NOT ${sql}` : sql),
    params: values.flatMap((state) => (state === 'pinned' ? [ctx.now()] : [])),
  };
}

function rangeCondition(
  column: string,
  { from, to }: Range,
  isNot: boolean,
  paramOf: (value: number) => Param,
): FilterCondition {
  const bounds = [
    ...(from === null ? [] : [{ sql: `${column} >= ?`, param: paramOf(from) }]),
    ...(to === null ? [] : [{ sql: `${column} <= ?`, param: paramOf(to) }]),
  ];
  if (bounds.length === 0) return { sql: () => (isNot ? 'false' : 'true'), params: [] };
  const sql = `(${bounds.map((bound) => bound.sql).join(' AND ')})`;
  return { sql: () => (isNot ? `NOT ${sql}` : sql), params: bounds.map(({ param }) => param) };
}
