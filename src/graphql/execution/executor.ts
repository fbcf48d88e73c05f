import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { Completion, NULLED } from './complete.ts';
import type { RunningOperation } from './info.ts';
import { newLevel } from './level.ts';
import { Loaders } from './loader.ts';
import { type OperationPlan, planOperation } from './operation.ts';
import type { ObjectPlan } from './plan.ts';
import { Resolution } from './resolve.ts';
import type { MaybePromise } from './sync-promise.ts';

/** An operation of a document that was validated against the schema. */
export interface Execution {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The resolvers' third argument. If it has `loaders`, those are dispatched level by level. */
  readonly context: unknown;
  readonly root?: unknown;
}

export interface Executor {
  execute(execution: Execution): MaybePromise<ExecutionResult>;
}

/**
 * Executes operations as graphql-js does, answer for answer and error for error, at a fraction of its cost: each
 * document is planned once, and fields are resolved level by level. Introspection, and a schema whose types have
 * `resolveType` or `isTypeOf`, are left to graphql-js. See README.md.
 */
export function createExecutor(schema: GraphQLSchema): Executor {
  const plans = new WeakMap<DocumentNode, Map<string | null, OperationPlan>>();
  const hasResolvedTypes = resolvesTypes(schema);
  const planOf = (document: DocumentNode, name: string | null): OperationPlan | null => {
    let byName = plans.get(document);
    const existing = byName?.get(name);
    if (existing || hasResolvedTypes) return existing ?? null;
    const plan = planOperation(schema, document, name);
    // names that the document does not have are the client's to make up: nothing is cached for them
    if (!plan) return null;
    if (!byName) {
      byName = new Map();
      plans.set(document, byName);
    }
    byName.set(name, plan);
    return plan;
  };
  return {
    execute: (execution) => {
      const { document, operationName, variables, context, root } = execution;
      const plan = planOf(document, operationName ?? null);
      if (!plan) return executeByReference(schema, execution);
      const { operation, fragments } = plan;
      const definitions = operation.variableDefinitions ?? [];
      const { coerced, errors } = getVariableValues(schema, definitions, variables ?? {}, { maxErrors: 50 });
      if (errors) return { errors };
      const roots = plan.rootPlans(coerced);
      if (!roots) return executeByReference(schema, execution);
      const running = { schema, context, fragments, operation, rootValue: root, variableValues: coerced };
      return run(running, roots, loadersOf(context, plan));
    },
  };
}

/** Runs the parts of an operation one after the other; the null of one ends it. */
function run(
  running: RunningOperation,
  roots: readonly ObjectPlan[],
  loaders: Loaders,
): MaybePromise<ExecutionResult> {
  const completion = new Completion();
  const data: Record<string, unknown> = Object.create(null);
  const from = (first: number): MaybePromise<ExecutionResult> => {
    for (let i = first; i < roots.length; i++) {
      const level = newLevel(roots[i] as ObjectPlan, [running.rootValue], null);
      const complete = (): ExecutionResult | null => {
        const part = completion.object(level, 0);
        if (part === NULLED) return resultOf(completion, null);
        if (roots.length === 1) return resultOf(completion, part);
        Object.assign(data, part);
        return null;
      };
      const resolving = new Resolution(running, loaders).start(level);
      if (resolving) return resolving.then(() => complete() ?? from(i + 1));
      const result = complete();
      if (result) return result;
    }
    return resultOf(completion, data);
  };
  return from(0);
}

function resultOf({ errors, nulledBy }: Completion, data: Record<string, unknown> | null): ExecutionResult {
  const all = data === null && nulledBy ? [...errors, nulledBy] : errors;
  return all.length === 0 ? { data } : { errors: all, data };
}

/** The context's loaders, or loaders that live as long as the operation. */
function loadersOf(context: unknown, plan: OperationPlan): Loaders {
  const own = (context as { readonly loaders?: unknown } | null | undefined)?.loaders;
  const loaders = own instanceof Loaders ? own : new Loaders();
  loaders.selectedFields = plan.selectedFields;
  return loaders;
}

function executeByReference(
  schema: GraphQLSchema,
  { document, operationName, variables, context, root }: Execution,
): MaybePromise<ExecutionResult> {
  return execute({
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: context,
    rootValue: root,
  });
}

function resolvesTypes(schema: GraphQLSchema): boolean {
  return Object.values(schema.getTypeMap()).some(
    (type) => (isObjectType(type) && type.isTypeOf) || (isAbstractType(type) && type.resolveType),
  );
}
