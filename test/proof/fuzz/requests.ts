import { getIntrospectionQuery } from 'graphql';
import { Dice } from './dice.ts';
import { type Draft, type Material, selectionsOf } from './documents.ts';
import { anyText } from './texts.ts';
import { INFINITE, oddValue } from './values.ts';

export const ROLES = ['guest', 'member', 'moderator'] as const;
export type Role = (typeof ROLES)[number];

/** A request as it is sent. */
export interface FuzzRequest {
  readonly role: Role;
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The request with this seed: most are valid, many nearly so. */
export function requestOf(material: Material, seed: number): FuzzRequest {
  const dice = new Dice(seed);
  const role = dice.of(ROLES);
  const { query, variables } = dice.chance(0.04) ? odd(dice) : operation(material, dice);
  const operationName = dice.chance(0.05) ? dice.of(['A', 'B', '', null, 1, '__proto__']) : undefined;
  const parts = { query, variables: dice.chance(0.02) ? oddValue(dice) : variables, operationName };
  const isGet = dice.chance(0.1) && query.length < 4000;
  const headers: Record<string, string> = {};
  if (dice.chance(0.05)) headers['x-query-cost'] = '1';
  if (dice.chance(0.03))
    headers['accept'] = dice.of(['*/*', 'text/html', 'application/graphql-response+json', 'x', '']);
  if (dice.chance(0.05)) headers['accept-encoding'] = dice.of(['gzip', 'br', 'br;q=0, gzip;q=0.1', 'zstd']);
  if (dice.chance(0.01))
    headers['authorization'] = dice.of([
      'Bearer',
      'Bearer x',
      'Basic eDp5',
      'Bearer a.b.c',
      '🦜'.slice(0, 0),
    ]);
  if (isGet) {
    const search = new URLSearchParams({
      query: query.toWellFormed(),
      variables: textOf(variables).slice(0, 8000),
    });
    return {
      role,
      method: 'GET',
      path: `/graphql?${search}`,
      headers: { 'apollo-require-preflight': '1', ...headers },
      body: null,
    };
  }
  const type = dice.chance(0.01) ? dice.of(['text/plain', 'application/graphql', '']) : 'application/json';
  return {
    role,
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': type, ...headers },
    body: bodyOf(dice, parts),
  };
}

function bodyOf(dice: Dice, parts: object): string {
  const text = textOf(parts);
  if (!dice.chance(0.02)) return text;
  return dice.of([
    `[${text},${text}]`,
    text.slice(0, dice.below(text.length)),
    '',
    'null',
    '[]',
    '"x"',
    '{}',
    `{"__proto__":${text}}`,
  ]);
}

const textOf = (json: unknown) => (JSON.stringify(json) ?? '').replaceAll(`"${INFINITE}"`, '1e999');

interface Sent {
  readonly query: string;
  readonly variables: unknown;
}

function operation(material: Material, dice: Dice): Sent {
  const { schema } = material;
  const isMutation = dice.chance(0.25);
  const type = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!type) throw new Error('The schema has no such type.');
  const draft: Draft = {
    ...{ ...material, dice, declared: [], variables: [], fragments: [] },
    left: dice.chance(0.05) ? 400 : 2 + dice.below(40),
  };
  const depth = dice.chance(0.1) ? 10 + dice.below(25) : 3 + dice.below(6);
  let selections = selectionsOf(draft, type, depth);
  const { fragments, declared } = draft;
  if (dice.chance(0.02))
    fragments.push(
      ...['A { ...B }', 'B { ...A }'].map((one) => `fragment ${one.replace(' ', ` on ${type.name} `)}`),
    );
  if (dice.chance(0.01)) selections = `{ ...A ${selections.slice(1)}`;
  if (dice.chance(0.02)) fragments.push(fragments[0] ?? `fragment Unused on ${type.name} { __typename }`);
  const variables = declared.length > 0 ? `(${declared.join(', ')})` : '';
  const verb = isMutation ? 'mutation' : dice.chance(0.01) ? 'subscription' : 'query';
  let query = `${verb} ${dice.chance(0.3) ? 'A' : ''}${variables} ${selections} ${fragments.join(' ')}`;
  if (dice.chance(0.02)) query += ` query ${dice.of(['A', 'B', ''])} { viewer { id } }`;
  if (dice.chance(0.04)) query = damaged(dice, query);
  const entries = draft.variables.map(([name, json]) => `${JSON.stringify(name)}:${JSON.stringify(json)}`);
  return { query, variables: JSON.parse(`{${entries.join(',')}}`) };
}

/** With something left out, doubled or put in. */
function damaged(dice: Dice, query: string): string {
  const from = dice.below(query.length);
  const to = from + dice.below(20);
  return (
    query.slice(0, from) +
    dice.of(['', query.slice(from, to).repeat(2), '{', '}', '"', '"""', '#', '...', '\u0000', '\ufeff']) +
    query.slice(to)
  );
}

/** Documents that no schema is needed for. */
function odd(dice: Dice): Sent {
  const times = dice.of([10, 100, 1000, 2000, 20_000]);
  const query = dice.of([
    () => getIntrospectionQuery(),
    () =>
      `{ ${Array.from({ length: Math.min(times, 60) }, (_, n) => `a${n}: __schema { types { name fields { name type { name } } } }`).join(' ')} }`,
    () => '{ a '.repeat(times) + '}'.repeat(times),
    () => `{ nodes(ids: ${'['.repeat(times)}${']'.repeat(times)}) { id } }`,
    () => `{ nodes(ids: ${'{ a: '.repeat(times)}1${' }'.repeat(times)}) { id } }`,
    () => `query ($a: ${'['.repeat(times)}Int${']'.repeat(times)}) { viewer { id } }`,
    () => `{ viewer { id } } # ${anyText(dice)}`,
    () => `{ viewer ${'@include(if: true) '.repeat(times)} { id } }`,
    () => `{ ${'__typename '.repeat(times)} }`,
    () => `{ ${Array.from({ length: Math.min(times, 2000) }, (_, n) => `a${n}: viewer { id }`).join(' ')} }`,
    () =>
      `${[...Array(20).keys()]
        .map((n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
        .join(' ')}fragment F20 on Query { __typename } { ...F0 }`,
    () => `{ discussion(slug: "${'\\u{1F99C}'.repeat(times)}") { id } }`,
    () => `{ discussion(slug: ${'9'.repeat(times)}) { id } }`,
    () => anyText(dice),
  ])();
  return { query, variables: {} };
}
