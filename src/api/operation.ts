import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { badInput } from '../access/errors.ts';
import { explainVariables } from './input-errors.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** A parsed and valid operation with a request's variables, which are not coerced yet. */
export interface Operation {
  readonly source: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly variables: Variables;
}

/** An operation whose variables have the types that it declares. */
export interface CoercedOperation extends Operation {
  readonly coerced: Variables;
}

type Coercion =
  | { readonly coerced: Variables; readonly errors?: undefined }
  | { readonly errors: readonly Error[]; readonly coerced?: undefined };

/**
 * The variables of an operation with their defaults, as their types say. The object has no prototype: a variable may be
 * named `toString`. `errors`: why they are refused.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  { definition: { variableDefinitions = [] }, variables }: Operation,
): Coercion {
  if (variableDefinitions.length === 0) return { coerced: NO_VARIABLES };
  // graphql-js could not set it
  if (variableDefinitions.some(({ variable }) => variable.name.value === '__proto__'))
    throw badInput('A variable cannot be named `__proto__`.', 'variables');
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables, {
    maxErrors: COERCION_ERRORS_MAX,
  });
  if (errors) {
    const explained = explainVariables(schema, variableDefinitions, variables, COERCION_ERRORS_MAX);
    return {
      errors: explained.length > 0 ? explained : [badInput('The variables are invalid.', 'variables')],
    };
  }
  return { coerced: Object.assign(Object.create(null), coerced) };
}

const NO_VARIABLES: Variables = Object.freeze(Object.create(null));
const COERCION_ERRORS_MAX = 50;

/**
 * Refuses text that not every store can hold, before a resolver sees it: PostgreSQL refuses U+0000, and both engines
 * silently change unpaired surrogates.
 */
export function checkTexts({ source, document, variables }: Operation): void {
  // a literal holds such a character only through an escape sequence, its own or the JSON body's
  if (source.includes('\\u') || !isStorable(source)) checkLiterals(document);
  for (const [name, value] of Object.entries(variables)) checkValue(value, name);
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function checkLiterals(document: DocumentNode): void {
  const checkIn = (value: ASTNode, field: string) => {
    visit(value, { StringValue: (literal) => checkText(literal.value, field) });
  };
  visit(document, {
    Argument: ({ name, value }) => checkIn(value, name.value),
    VariableDefinition: ({ variable, defaultValue }) => {
      if (defaultValue) checkIn(defaultValue, variable.name.value);
    },
  });
}

function checkValue(value: unknown, field: string): void {
  if (typeof value === 'string') checkText(value, field);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) checkValue(member, `${field}.${name}`);
  }
}

function checkText(text: string, field: string): void {
  if (!isStorable(text)) throw badInput('Text cannot contain U+0000 or an unpaired surrogate.', field);
}
