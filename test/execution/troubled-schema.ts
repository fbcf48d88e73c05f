import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { SyncPromise } from '../../src/graphql/execution/index.ts';

const typeDefs = /* GraphQL */ `
  enum Colour { RED GREEN }
  interface Named { name: String required: String! next: Named }
  union Any = Leaf | Branch
  type Leaf implements Named {
    name: String
    required: String!
    next: Named
    colour: Colour
    size: Int!
    share: Float
    tags: [String!]!
  }
  type Branch implements Named {
    name: String
    required: String!
    next: Named
    isOpen: Boolean
    id: ID!
    leaf(size: Int = 2, colour: Colour): Leaf
    strictLeaf: Leaf!
    any(name: String!): Any
    anyList: [Any!]
    leaves: [Leaf!]!
    maybeLeaves(first: Int! = 3): [Leaf]
    grid: [[Branch]!]
    branch: Branch
    strictBranch: Branch!
    echo(size: Int!, colour: Colour = RED, ids: [ID!]): String
  }
  type Query { branch: Branch strictBranch: Branch! branches(first: Int): [Branch!] any: Any named: Named }
  type Mutation { first: Branch second: Leaf! third(name: String!): String }
`;

/** How values reach the executor: as they are, as promises, as what loaders answer, or some of each. */
export type Arrival = 'AT_ONCE' | 'PROMISED' | 'LATER' | 'MIXED';

interface Thing {
  readonly seed: number;
  readonly __typename: string;
}

/** A small number that follows from its parts, always the same. */
function mixed(...parts: (string | number)[]): number {
  let hash = 2166136261;
  for (const char of parts.join('|')) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  return ((hash >>> 0) ^ (hash >>> 13)) >>> 0;
}

/**
 * A schema whose every value follows from a seed, and of which about one in `calm` is trouble: thrown, rejected, null,
 * an Error, of another type than the schema's.
 */
export function troubledSchema(arrival: Arrival, calm: number): GraphQLSchema {
  const arriving = (seed: number, make: () => unknown): unknown => {
    const way = arrival === 'MIXED' ? (['AT_ONCE', 'PROMISED', 'LATER'] as const)[seed % 3] : arrival;
    if (way === 'PROMISED') return Promise.resolve().then(make);
    return way === 'LATER' ? SyncPromise.resolve(null).then(make) : make();
  };
  const value = (type: string, seed: number, field: string): unknown => {
    if (type.endsWith('!')) return value(type.slice(0, -1), seed, field);
    if (type.startsWith('[')) {
      const items = Array.from({ length: seed % 4 }, (_, i) => {
        const own = mixed(seed, field, i);
        return own % 5 === 0
          ? arriving(own, () => troubled(type.slice(1, -1), own, field))
          : troubled(type.slice(1, -1), own, field);
      });
      return seed % 7 === 0 ? new Set(items) : items;
    }
    switch (type) {
      case 'String':
        return `text ${seed % 100} "\\`;
      case 'ID':
        return seed % 2 === 0 ? seed % 1000 : `id-${seed % 1000}`;
      case 'Int':
        return seed % 1000;
      case 'Float':
        return (seed % 1000) / 8;
      case 'Boolean':
        return seed % 2 === 0;
      case 'Colour':
        return seed % 2 === 0 ? 'RED' : 'GREEN';
      case 'Any':
      case 'Named':
        return { seed, __typename: seed % 2 === 0 ? 'Leaf' : 'Branch' };
      default:
        return { seed, __typename: type };
    }
  };
  const troubled = (type: string, seed: number, field: string): unknown => {
    if (seed % calm !== 0) return value(type, seed, field);
    switch ((seed >>> 5) % 6) {
      case 0:
        throw new Error(`thrown in ${field}`);
      case 1:
        return new Error(`returned in ${field}`);
      case 2:
        return { neither: 'this', nor: 'that' };
      case 3:
        return 'text in the wrong place';
      default:
        return null;
    }
  };
  const schema = makeExecutableSchema({ typeDefs });
  for (const type of ['Query', 'Mutation', 'Leaf', 'Branch']) {
    const object = schema.getType(type);
    if (!object || !('getFields' in object)) continue;
    for (const field of Object.values(object.getFields())) {
      field.resolve = (source: unknown, args: object) => {
        const seed = mixed((source as Thing | undefined)?.seed ?? 1, type, field.name, JSON.stringify(args));
        return arriving(seed, () => troubled(String(field.type), seed, field.name));
      };
    }
  }
  return schema;
}
