import { type FieldNode, type GraphQLField, getArgumentValues, isNonNullType, Kind, visit } from 'graphql';

/** A field's arguments by a request's variables, as they were coerced; null: it takes graphql-js to say. */
export type PlainArguments = (variables: Readonly<Record<string, unknown>>) => Record<string, unknown> | null;

/** An argument in the place of its definition. */
interface Part {
  readonly name: string;
  /** Null: it is written out, and `value` is it. */
  readonly variable: string | null;
  readonly isRequired: boolean;
  /** Where there is a variable: what stands for it where it is not given. */
  readonly value: unknown;
}

/**
 * For a field whose arguments are each either written out or one variable as a whole: what is written out is worked
 * out once. Null where a variable stands inside an argument.
 */
export function plainArguments(def: GraphQLField<unknown, unknown>, node: FieldNode): PlainArguments | null {
  const parts = partsOf(def, node);
  if (!parts) return null;
  // one object for all requests that give none: what is worked out for it is worked out once
  let withoutAny: Record<string, unknown> | null = null;
  return (variables) => {
    let isGiven = false;
    for (const { variable } of parts)
      if (variable !== null && variables[variable] !== undefined) isGiven = true;
    if (!isGiven && withoutAny) return withoutAny;
    const args: Record<string, unknown> = {};
    for (const { name, variable, isRequired, value } of parts) {
      const given = variable === null ? undefined : variables[variable];
      if (given !== undefined && (given !== null || !isRequired)) args[name] = given;
      else if (given === null) return null;
      else if (value !== undefined) args[name] = value;
      else if (isRequired) return null;
    }
    if (!isGiven) withoutAny = args;
    return args;
  };
}

/** The arguments of a field in which no variable stands; null: one does, or graphql-js finds something wrong. */
export function constantArguments(
  def: GraphQLField<unknown, unknown>,
  node: FieldNode,
): Record<string, unknown> | null {
  return node.arguments?.some(({ value }) => hasVariable(value)) ? null : writtenOut(def, node, new Map());
}

function partsOf(def: GraphQLField<unknown, unknown>, node: FieldNode): Part[] | null {
  const variables = new Map<string, string>();
  for (const { name, value } of node.arguments ?? []) {
    if (value.kind === Kind.VARIABLE) variables.set(name.value, value.name.value);
    else if (hasVariable(value)) return null;
  }
  const written = writtenOut(def, node, variables);
  if (!written) return null;
  return def.args.map(({ name, type, defaultValue }) => {
    const variable = variables.get(name) ?? null;
    const value = variable === null ? written[name] : defaultValue;
    return { name, variable, isRequired: variable !== null && isNonNullType(type), value };
  });
}

/** The arguments beside those that are variables; null where graphql-js finds something wrong with them. */
function writtenOut(
  def: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: ReadonlyMap<string, string>,
): Record<string, unknown> | null {
  try {
    return getArgumentValues(
      { ...def, args: def.args.filter(({ name }) => !variables.has(name)) },
      { ...node, arguments: (node.arguments ?? []).filter(({ name }) => !variables.has(name.value)) },
      {},
    );
  } catch {
    return null;
  }
}

function hasVariable(value: NonNullable<FieldNode['arguments']>[number]['value']): boolean {
  let isFound = false;
  visit(value, {
    [Kind.VARIABLE]: () => {
      isFound = true;
    },
  });
  return isFound;
}
