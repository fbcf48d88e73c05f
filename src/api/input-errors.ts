import {
  GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  print,
  typeFromAST,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { badInput, excerpt } from '../access/errors.ts';
import { SCALAR_FORMS } from './scalars.ts';

interface Fault {
  /** The path from the argument that the variable is sent for, such as `input.password`. */
  readonly field: string;
  readonly message: string;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Why graphql-js refused these variables, in our words: its messages repeat the values, which may be passwords. Each
 * error has the code BAD_USER_INPUT and the path of the value. `paths`: where each variable is used.
 */
export function explainVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Values,
  paths: ReadonlyMap<string, string>,
  max: number,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const definition of definitions) {
    for (const { field, message } of faultsOfVariable(schema, definition, variables, paths)) {
      errors.push(new GraphQLError(message, { nodes: definition, originalError: badInput(message, field) }));
      if (errors.length === max) return errors;
    }
  }
  return errors;
}

function* faultsOfVariable(
  schema: GraphQLSchema,
  { variable, type: node, defaultValue }: VariableDefinitionNode,
  variables: Values,
  paths: ReadonlyMap<string, string>,
): Generator<Fault> {
  const name = variable.name.value;
  const field = paths.get(name) ?? name;
  const type = typeFromAST(schema, node as Parameters<typeof typeFromAST>[1]) as GraphQLInputType;
  if (Object.hasOwn(variables, name)) yield* faultsOf(variables[name], type, field);
  else if (isNonNullType(type) && !defaultValue) yield { field, message: `\`$${name}\` is required.` };
}

function* faultsOf(value: unknown, type: GraphQLInputType, field: string): Generator<Fault> {
  if (isNonNullType(type)) {
    if (value == null) yield { field, message: requirementOf(field, type, true) };
    else yield* faultsOf(value, type.ofType, field);
  } else if (value == null) {
    return;
  } else if (isListType(type)) {
    if (!Array.isArray(value)) yield* faultsOf(value, type.ofType, field);
    else for (const [at, member] of value.entries()) yield* faultsOf(member, type.ofType, `${field}.${at}`);
  } else if (isInputObjectType(type)) {
    yield* faultsOfObject(value, type, field);
  } else if (!isAccepted(value, type)) {
    yield { field, message: requirementOf(field, type) };
  }
}

/** What a value must be that is not of its type. */
export function requirementOf(field: string, type: GraphQLInputType, isNull = false): string {
  return `\`${excerpt(field)}\` must ${isNull ? 'not be null' : `be ${formOf(getNamedType(type))}`}.`;
}

function formOf(type: GraphQLNamedInputType): string {
  if (isInputObjectType(type)) return `an object of type ${type.name}`;
  if (isEnumType(type)) return `a value of the enum ${type.name}`;
  return SCALAR_FORMS[type.name] ?? `of type ${type.name}`;
}

function* faultsOfObject(value: unknown, type: GraphQLInputObjectType, field: string): Generator<Fault> {
  if (typeof value !== 'object') {
    yield { field, message: requirementOf(field, type) };
    return;
  }
  const fields = type.getFields();
  const members = value as Values;
  for (const { name, type: memberType, defaultValue } of Object.values(fields)) {
    const path = `${field}.${name}`;
    if (members[name] !== undefined) yield* faultsOf(members[name], memberType, path);
    else if (isNonNullType(memberType) && defaultValue === undefined)
      yield { field: path, message: `\`${excerpt(path)}\` is required.` };
  }
  for (const name of Object.keys(members))
    if (!Object.hasOwn(fields, name))
      yield {
        field: `${field}.${name}`,
        message: `Field "${excerpt(name)}" is not defined by type "${type.name}".`,
      };
}

function isAccepted(value: unknown, type: GraphQLLeafType): boolean {
  try {
    return type.parseValue(value) !== undefined;
  } catch {
    return false;
  }
}

/** A message of graphql-js about a document, without the literals that it repeats. */
export function withoutLiterals(message: string, error: unknown): string {
  if (/^Syntax Error/.test(message)) return message.replace(/\b(String|BlockString|Int|Float) ".*"/s, '$1');
  const nodes = error instanceof Error && 'nodes' in error ? (error as GraphQLError).nodes : undefined;
  return (nodes ?? []).filter(isLiteral).reduce(withoutLiteral, message);
}

/** graphql-js ends its messages with the value. */
function withoutLiteral(message: string, literal: ValueNode): string {
  for (const text of [print(literal), 'value' in literal ? String(literal.value) : '']) {
    const at = text === '' ? -1 : message.lastIndexOf(text);
    if (at >= 0) return `${message.slice(0, at)}…${message.slice(at + text.length)}`;
  }
  return message;
}

const LITERALS: readonly string[] = [Kind.STRING, Kind.INT, Kind.FLOAT, Kind.LIST, Kind.OBJECT];

function isLiteral(node: { readonly kind: string }): node is ValueNode {
  return LITERALS.includes(node.kind);
}
