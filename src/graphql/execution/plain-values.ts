import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLID,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** What is not in the plain form of its type: it takes graphql-js to say what it is, or what is wrong with it. */
export const NOT_PLAIN = Symbol('not plain');

/** A value of JSON as resolvers get it, or NOT_PLAIN. */
type Plain = (value: unknown) => unknown;

const where =
  (isPlain: (value: unknown) => boolean): Plain =>
  (value) =>
    isPlain(value) ? value : NOT_PLAIN;
const isText = (value: unknown) => typeof value === 'string';

const SCALARS = new Map<unknown, Plain>([
  [GraphQLID, where(isText)],
  [GraphQLString, where(isText)],
  [GraphQLBoolean, where((value) => typeof value === 'boolean')],
  [GraphQLInt, where((value) => typeof value === 'number' && (value | 0) === value)],
]);

const objects = new WeakMap<GraphQLInputObjectType, Plain>();

/**
 * How a type's values are taken that come as clients nearly always send them: texts, ids, whole numbers, switches, the
 * names of enums, lists, and objects of these. Other scalars are left to graphql-js.
 */
export function plainValue(type: GraphQLInputType): Plain {
  if (isNonNullType(type)) {
    const plain = plainValue(type.ofType);
    return (value) => (value === null ? NOT_PLAIN : plain(value));
  }
  const plain = plainWhereGiven(type);
  return (value) => (value === null ? null : plain(value));
}

function plainWhereGiven(type: GraphQLInputType): Plain {
  if (isListType(type)) return plainList(plainValue(type.ofType));
  if (isEnumType(type)) return plainEnum(type);
  if (!isInputObjectType(type)) return SCALARS.get(type) ?? (() => NOT_PLAIN);
  // not before it is asked for: a type may contain itself
  return (value) => {
    let plain = objects.get(type);
    if (!plain) {
      plain = plainObject(type);
      objects.set(type, plain);
    }
    return plain(value);
  };
}

function plainList(plainItem: Plain): Plain {
  return (value) => {
    if (!Array.isArray(value)) return NOT_PLAIN;
    const items: unknown[] = [];
    for (const one of value) {
      const item = plainItem(one);
      if (item === NOT_PLAIN) return NOT_PLAIN;
      items.push(item);
    }
    return items;
  };
}

function plainEnum(type: GraphQLEnumType): Plain {
  const values = new Map<unknown, unknown>(type.getValues().map(({ name, value }) => [name, value]));
  return (name) => (values.has(name) ? values.get(name) : NOT_PLAIN);
}

function plainObject(type: GraphQLInputObjectType): Plain {
  if (type.isOneOf) return () => NOT_PLAIN;
  const fields = Object.values(type.getFields()).map((field) => ({
    name: field.name,
    plain: plainValue(field.type),
    byDefault: field.defaultValue,
    isRequired: isNonNullType(field.type) && field.defaultValue === undefined,
  }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NOT_PLAIN;
    const given = value as Readonly<Record<string, unknown>>;
    const taken: Record<string, unknown> = {};
    let others = Object.keys(given).length;
    for (const { name, plain, byDefault, isRequired } of fields) {
      const one = Object.hasOwn(given, name) ? given[name] : undefined;
      if (one === undefined) {
        if (isRequired) return NOT_PLAIN;
        if (byDefault !== undefined) taken[name] = byDefault;
        continue;
      }
      others--;
      const member = plain(one);
      if (member === NOT_PLAIN) return NOT_PLAIN;
      taken[name] = member;
    }
    // a field that the type does not have
    return others === 0 ? taken : NOT_PLAIN;
  };
}
