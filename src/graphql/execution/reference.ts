import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { type AnswerLimits, type LimitedResult, limitResult } from './answer-size.ts';
import { chain, type MaybePromise } from './sync-promise.ts';

/** An operation of a document that was validated against the schema. */
export interface Execution {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The variables as `getVariableValues` coerces them, if that is done already. */
  readonly coerced?: Readonly<Record<string, unknown>> | undefined;
  /** The resolvers' third argument. If it has `loaders`, those are dispatched level by level. */
  readonly context: unknown;
  readonly root?: unknown;
}

/** Executes an operation by graphql-js, within limits. */
export function executeByReference(
  schema: GraphQLSchema,
  { document, operationName, variables, context, root }: Execution,
  limits: AnswerLimits,
): MaybePromise<LimitedResult> {
  const result = execute({
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: context,
    rootValue: root,
  });
  return chain(result as MaybePromise<ExecutionResult>, (one) => limitResult(one, limits));
}

/** Whether types of a schema are found out by functions, which only graphql-js calls. */
export function resolvesTypes(schema: GraphQLSchema): boolean {
  return Object.values(schema.getTypeMap()).some(
    (type) => (isObjectType(type) && type.isTypeOf) || (isAbstractType(type) && type.resolveType),
  );
}
