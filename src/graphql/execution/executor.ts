import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getVariableValues,
  isAbstractType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { Answering } from './answering.ts';
import { GONE } from './complete-code.ts';
import { newLevel } from './level.ts';
import { Loaders } from './loader.ts';
import { type OperationPlan, planOperation } from './operation.ts';
import type { FieldPlan, ObjectPlan } from './plan.ts';
import { Run, type Running } from './run.ts';

/** What is executed: a document that the schema was found to allow. */
export interface Asked {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface Execution extends Asked {
  readonly context: unknown;
  readonly root?: unknown;
}

export interface Executor {
  execute(execution: Execution): ExecutionResult | Promise<ExecutionResult>;
  /** An operation with its variables, ready to run in a context; null: it is not so far, `execute` says why. */
  prepare(asked: Asked): Prepared | null;
}

export interface Prepared {
  readonly operation: OperationDefinitionNode;
  run(context: unknown, root?: unknown): ExecutionResult | Promise<ExecutionResult>;
}

/**
 * Executes operations as graphql-js does, answer for answer and error for error (a test compares them), at a fraction
 * of its cost: each document is planned once, and fields are resolved level by level (see Run). Introspection, and
 * whatever else a plan has no place for, is graphql-js's own.
 */
export function createExecutor(schema: GraphQLSchema): Executor {
  const isAvoided = avoidedFields(schema);
  const documents = new WeakMap<DocumentNode, Map<string, OperationPlan | null>>();
  const planOf = (document: DocumentNode, name: string | null): OperationPlan | null => {
    let plans = documents.get(document);
    if (!plans) {
      plans = new Map();
      documents.set(document, plans);
    }
    const key = name ?? '';
    let plan = plans.get(key);
    if (plan === undefined) {
      plan = planOperation(schema, document, name, isAvoided);
      // of names that are not there, nothing is kept: they are the client's to make up
      if (plan) plans.set(key, plan);
    }
    return plan;
  };
  const prepare = ({ document, operationName, variables }: Asked): Prepared | GraphQLErrors | null => {
    const plan = planOf(document, operationName ?? null);
    if (!plan) return null;
    const given = variables ?? {};
    let coerced: Record<string, unknown> | undefined | null = plan.plainVariables(given);
    if (!coerced) {
      const definitions = plan.operation.variableDefinitions ?? [];
      const values = getVariableValues(schema, definitions, given, { maxErrors: 50 });
      if (values.errors) return values.errors;
      coerced = values.coerced;
    }
    const roots = plan.rootPlans(coerced);
    if (!roots) return null;
    return {
      operation: plan.operation,
      run: (context, root) => answer(runningOf(schema, plan, coerced, context, root), roots, root),
    };
  };
  return {
    execute: (execution) => {
      const prepared = prepare(execution);
      if (prepared === null) return byReference(schema, execution);
      if ('run' in prepared) return prepared.run(execution.context, execution.root);
      return { errors: prepared };
    },
    prepare: (asked) => {
      const prepared = prepare(asked);
      return prepared && 'run' in prepared ? prepared : null;
    },
  };
}

type GraphQLErrors = readonly GraphQLError[];

function byReference(
  schema: GraphQLSchema,
  { document, operationName, variables, context, root }: Execution,
): ExecutionResult | Promise<ExecutionResult> {
  return execute({
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: context,
    rootValue: root,
  });
}

function answer(
  running: Running,
  roots: readonly ObjectPlan[],
  root: unknown,
): ExecutionResult | Promise<ExecutionResult> {
  const answering = new Answering();
  let data: Record<string, unknown> | null = null;
  const from = (first: number): ExecutionResult | Promise<ExecutionResult> => {
    for (let i = first; i < roots.length; i++) {
      const plan = roots[i] as ObjectPlan;
      const level = newLevel(plan, [root]);
      const write = () => {
        const part = plan.complete(level, 0, answering);
        if (part === GONE) return false;
        // several are put together without a prototype: there even `__proto__` is a name like any other
        data = roots.length === 1 ? (part as typeof data) : Object.assign(data ?? Object.create(null), part);
        return true;
      };
      const resolving = new Run(running).start(level, plan.fields);
      if (resolving) return resolving.then(() => (write() ? from(i + 1) : resultOf(answering, null)));
      if (!write()) return resultOf(answering, null);
    }
    return resultOf(answering, data ?? {});
  };
  return from(0);
}

function resultOf({ errors, raised }: Answering, data: Record<string, unknown> | null): ExecutionResult {
  const all = data === null && raised ? [...errors, raised] : errors;
  return all.length === 0 ? { data } : { errors: all, data };
}

function runningOf(
  schema: GraphQLSchema,
  { operation, fragments, selectedFields }: OperationPlan,
  variables: Record<string, unknown>,
  context: unknown,
  root: unknown,
): Running {
  const given = (context as { readonly loaders?: unknown } | null | undefined)?.loaders;
  const loaders = given instanceof Loaders ? given : new Loaders();
  loaders.selectedFields = selectedFields;
  return {
    schema,
    context,
    variables,
    loaders,
    infoOf: ({ def, nodes, parent, key }: FieldPlan): GraphQLResolveInfo => ({
      schema,
      fragments,
      rootValue: root,
      operation,
      variableValues: variables,
      fieldName: def.name,
      fieldNodes: nodes,
      returnType: def.type,
      parentType: parent,
      path: { prev: undefined, key, typename: parent.name },
    }),
  };
}

/**
 * The names of fields that are left to graphql-js: introspection, and those below the root whose resolvers ask for
 * `info`, which has the path of each object.
 */
function avoidedFields(schema: GraphQLSchema): (field: string) => boolean {
  const roots: unknown[] = [schema.getQueryType(), schema.getMutationType()];
  const types = Object.values(schema.getTypeMap());
  const asksType = (type: GraphQLNamedType) =>
    (isObjectType(type) && type.isTypeOf) || (isAbstractType(type) && type.resolveType);
  if (types.some(asksType)) return () => true;
  const names = new Set(['__schema', '__type']);
  for (const type of types) {
    if (!isObjectType(type) || roots.includes(type) || type.name.startsWith('__')) continue;
    for (const { name, resolve } of Object.values(type.getFields())) {
      if (resolve && resolve.length > 3) names.add(name);
    }
  }
  return (field) => names.has(field);
}
