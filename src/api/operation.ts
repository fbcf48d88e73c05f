import {
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { badInput } from '../access/errors.ts';
import { argumentPathOf, pathsOfVariables } from './argument-paths.ts';
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
  { document, definition, variables }: Operation,
): Coercion {
  const { variableDefinitions = [] } = definition;
  if (variableDefinitions.length === 0) return { coerced: NO_VARIABLES };
  // graphql-js could not set it
  if (variableDefinitions.some(({ variable }) => variable.name.value === '__proto__'))
    throw badInput('A variable cannot be named `__proto__`.', 'variables');
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables, {
    maxErrors: COERCION_ERRORS_MAX,
  });
  if (errors) {
    const explained = explainVariables(
      schema,
      variableDefinitions,
      variables,
      pathsOfVariables(document, definition),
      COERCION_ERRORS_MAX,
    );
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
export function checkTexts({ source, document, definition, variables }: Operation): void {
  // a literal holds such a character only through an escape sequence, its own or the JSON body's
  if (source.includes('\\u') || !isStorable(source)) checkLiterals(document);
  const faulty = Object.entries(variables).find(([, value]) => faultIn(value) !== null);
  if (!faulty) return;
  const [name, value] = faulty;
  throw notStorable((pathsOfVariables(document, definition).get(name) ?? name) + faultIn(value));
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function checkLiterals(document: DocumentNode): void {
  visit(document, {
    StringValue: (literal, _key, _parent, keys) => {
      if (!isStorable(literal.value)) throw notStorable(argumentPathOf(document, keys));
    },
  });
}

/** The path within a value to a text that cannot be stored, such as `.title`. Null if there is none. */
function faultIn(value: unknown): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : '';
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const fault = faultIn(member);
    if (fault !== null) return `.${name}${fault}`;
  }
  return null;
}

function notStorable(field: string) {
  return badInput('Text cannot contain U+0000 or an unpaired surrogate.', field);
}
