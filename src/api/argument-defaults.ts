import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';

/** Returns the same value if nothing in it is replaced. */
type Replace = (value: unknown) => unknown;

/**
 * Makes null mean the default, for every argument and input field that has one: clients send null for a variable that
 * they have no value for. graphql-js uses the default only if nothing is sent.
 */
export function nullMeansDefault(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.args.some((argument) => hasDefault(argument))) continue;
      const replace = oncePerValue(replaceIn(field.args));
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context, info) => resolve(source, replace(args) as never, context, info);
    }
  }
  return schema;
}

/** Rows of one field get the same arguments, and loaders compare them by identity. */
function oncePerValue(replace: Replace): Replace {
  const replaced = new WeakMap<object, unknown>();
  return (value) => {
    const made = replace(value);
    if (made === value) return value; // as almost always
    const known = replaced.get(value as object);
    if (known === undefined) replaced.set(value as object, made);
    return known ?? made;
  };
}

type Member = GraphQLArgument | GraphQLInputField;

/** Whether a member has a default, or a type with a member that has one. */
function hasDefault(member: Member, above: readonly GraphQLInputType[] = []): boolean {
  if (member.defaultValue !== undefined) return true;
  const type = getNamedType(member.type);
  if (!isInputObjectType(type) || above.includes(type)) return false;
  return Object.values(type.getFields()).some((inner) => hasDefault(inner, [...above, type]));
}

function replaceIn(members: readonly Member[]): Replace {
  const relevant = members
    .filter((member) => hasDefault(member))
    .map(({ name, defaultValue, type }) => ({ name, defaultValue, replace: replaceOf(type) }));
  return (value) => {
    const given = value as Record<string, unknown>;
    let replaced = given;
    for (const { name, defaultValue, replace } of relevant) {
      const member = given[name];
      if (member === undefined) continue;
      const made = member === null ? (defaultValue ?? null) : replace(member);
      if (made !== member) replaced = { ...replaced, [name]: made };
    }
    return replaced;
  };
}

function replaceOf(type: GraphQLInputType): Replace {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const replace = replaceOf(inner.ofType);
    return (value) => {
      if (!Array.isArray(value)) return value;
      const made = value.map(replace);
      return made.every((member, index) => member === value[index]) ? value : made;
    };
  }
  if (!isInputObjectType(inner)) return (value) => value;
  let replace: Replace | null = null; // made on demand: an input type may contain itself
  return (value) => {
    replace ??= replaceIn(Object.values(inner.getFields()));
    return value === null ? null : replace(value);
  };
}
