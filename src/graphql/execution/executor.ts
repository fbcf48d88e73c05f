import { type DocumentNode, type GraphQLSchema, getVariableValues } from 'graphql';
import { type AnswerLimits, type LimitedResult, UNLIMITED } from './answer-size.ts';
import { Completion, NULLED } from './complete.ts';
import { newLevel } from './level.ts';
import { Loaders } from './loader.ts';
import { type OperationPlan, planOperation } from './operation.ts';
import type { ObjectPlan } from './plan.ts';
import { type Execution, executeByReference, resolvesTypes } from './reference.ts';
import { Resolution, type RunningOperation } from './resolve.ts';
import type { MaybePromise } from './sync-promise.ts';

export interface ExecutorOptions {
  readonly limits?: AnswerLimits;
  /**
   * Called with the approximate memory of what is cached with a document, as long as the document object lives: more
   * bytes when something is planned for it, and a negative number when plans are dropped.
   */
  readonly onPlanned?: (document: DocumentNode, bytes: number) => void;
}

export interface Executor {
  /** Throws or rejects with AnswerTooLarge if the answer exceeds its size. */
  execute(execution: Execution): MaybePromise<LimitedResult>;
}

/**
 * Executes operations as graphql-js does, answer for answer and error for error, at a fraction of its cost: each
 * document is planned once, and fields are resolved level by level. Introspection, and a schema whose types have
 * `resolveType` or `isTypeOf`, are left to graphql-js. See README.md.
 */
export function createExecutor(
  schema: GraphQLSchema,
  { limits = UNLIMITED, onPlanned = () => {} }: ExecutorOptions = {},
): Executor {
  const plans = new WeakMap<DocumentNode, Map<string | null, OperationPlan>>();
  const hasResolvedTypes = resolvesTypes(schema);
  const planOf = (document: DocumentNode, name: string | null): OperationPlan | null => {
    let byName = plans.get(document);
    const existing = byName?.get(name);
    if (existing || hasResolvedTypes) return existing ?? null;
    const plan = planOperation(schema, document, name, (bytes) => onPlanned(document, bytes));
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
      if (!plan) return executeByReference(schema, execution, limits);
      const { operation } = plan;
      const { coerced, errors } = execution.coerced
        ? { coerced: execution.coerced, errors: undefined }
        : getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 50 });
      if (errors) return { errors };
      const roots = plan.rootPlans(coerced);
      if (!roots) return executeByReference(schema, execution, limits);
      const running = { schema, context, rootValue: root, variableValues: coerced };
      return run(running, roots, loadersOf(context, plan), limits);
    },
  };
}

/** Runs the parts of an operation one after the other; the null of one ends it. */
function run(
  running: RunningOperation,
  roots: readonly ObjectPlan[],
  loaders: Loaders,
  limits: AnswerLimits,
): MaybePromise<LimitedResult> {
  const completion = new Completion(limits);
  const data: Record<string, unknown> = Object.create(null);
  const from = (first: number): MaybePromise<LimitedResult> => {
    for (let i = first; i < roots.length; i++) {
      const level = newLevel(roots[i] as ObjectPlan, [running.rootValue]);
      const complete = (): LimitedResult | null => {
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

function resultOf(completion: Completion, data: Record<string, unknown> | null): LimitedResult {
  if (data === null) completion.addError();
  completion.checkSize();
  const { errors, omittedErrors } = completion;
  if (omittedErrors > 0) return { errors, data, omittedErrors };
  return errors.length === 0 ? { data } : { errors, data };
}

/** The context's loaders, or loaders that live as long as the operation. */
function loadersOf(context: unknown, plan: OperationPlan): Loaders {
  const own = (context as { readonly loaders?: unknown } | null | undefined)?.loaders;
  const loaders = own instanceof Loaders ? own : new Loaders();
  loaders.selectedFields = plan.selectedFields;
  return loaders;
}
