import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Refusal } from '../../access/errors.ts';
import type { Operation, Variables } from '../operation.ts';
import {
  NODES_A_POINT,
  QUERY_DIRECTIVES_MAX,
  QUERY_FIELDS_MAX,
  QUERY_ROOT_FIELDS_MAX,
  type QueryLimits,
} from './query-limits.ts';
import { type Counts, countsOf, type Fragments, type PagedField, pagedFieldsOf } from './query-shape.ts';
import { checkAlone, rootFieldsOf } from './root-fields.ts';

interface QueryCost extends Counts {
  /** The maximum number of objects in the answer: the size of each list times the sizes of the lists around it. */
  readonly nodes: number;
  readonly rootFields: number;
  /** The points of the allowance that it consumes: see NODES_A_POINT. */
  readonly points: number;
}

interface Shape {
  readonly counts: Counts;
  readonly fragments: Fragments;
  /** The result of the checks that need no variables. Null if they have not run, or have refused the operation. */
  passed: Passed | null;
}

interface Passed {
  readonly limits: QueryLimits;
  readonly counts: Counts & { readonly rootFields: number };
  readonly lists: readonly PagedField[];
}

/** By operation: documents are cached across requests. */
const shapes = new WeakMap<OperationDefinitionNode, Shape>();

/** The cost of an operation with these variables. Throws QUERY_TOO_COMPLEX if it exceeds a limit. */
export function costOf(
  schema: GraphQLSchema,
  { document, definition, variables }: Operation,
  limits: QueryLimits,
): QueryCost {
  const shape = shapeOf(document, definition);
  if (shape.passed?.limits !== limits) shape.passed = passCounts(schema, definition, shape, limits);
  const { counts, lists } = shape.passed;
  const nodes = nodesOf(lists, 1, variables);
  check('asks for up to', nodes, limits.nodesMax, 'nodes');
  const { depth, fields, aliases, directives, rootFields } = counts;
  const points = Math.max(1, Math.ceil(nodes / NODES_A_POINT));
  // not spread, which would take longer than the counting
  return { depth, fields, aliases, directives, rootFields, nodes, points };
}

/** The checks that need no variables. The lists are read last, because that visits every field. */
function passCounts(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  { counts, fragments }: Shape,
  limits: QueryLimits,
): Passed {
  check('is deep', counts.depth, limits.depthMax, 'levels');
  check('has', counts.fields, QUERY_FIELDS_MAX, 'fields');
  check('has', counts.aliases, limits.aliasesMax, 'aliases');
  check('has', counts.directives, QUERY_DIRECTIVES_MAX, 'directives');
  const rootFields = rootFieldsOf(operation, fragments);
  check('has', rootFields.length, QUERY_ROOT_FIELDS_MAX, 'fields at its root');
  checkAlone(schema, operation, rootFields);
  const lists = pagedFieldsOf(schema, operation, fragments);
  return { limits, counts: { ...counts, rootFields: rootFields.length }, lists };
}

/** An operation's fragments by name. */
export function fragmentsOf(document: DocumentNode, operation: OperationDefinitionNode): Fragments {
  return shapeOf(document, operation).fragments;
}

function shapeOf(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const known = shapes.get(operation);
  if (known) return known;
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === 'FragmentDefinition')
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const shape: Shape = { counts: countsOf(operation.selectionSet, fragments), fragments, passed: null };
  shapes.set(operation, shape);
  return shape;
}

function nodesOf(lists: readonly PagedField[], parents: number, variables: Variables): number {
  let nodes = 0;
  for (const { size, below } of lists) {
    const members = parents * (typeof size === 'number' ? size : size(variables));
    nodes += members + nodesOf(below, members, variables);
  }
  return nodes;
}

function check(verb: string, figure: number, max: number, what: string): void {
  if (figure <= max) return;
  throw new Refusal(
    'QUERY_TOO_COMPLEX',
    `The operation ${verb} ${figure} ${what}: the maximum is ${max}. Request less, or split it into several operations.`,
  );
}
