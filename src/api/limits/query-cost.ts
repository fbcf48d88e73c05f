import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { Refusal } from '../../access/errors.ts';
import type { CoercedOperation, Variables } from '../operation.ts';
import { INTROSPECTED_UNITS, isWrite, NODE_UNITS, UNITS_A_POINT, WRITE_UNITS } from './field-prices.ts';
import { introspectedValues, introspectedValuesMax, mayIntrospect } from './introspection.ts';
import { type Priced, pricedOperation } from './priced-lists.ts';
import {
  QUERY_DIRECTIVES_MAX,
  QUERY_FIELDS_MAX,
  QUERY_ROOT_FIELDS_MAX,
  type QueryLimits,
} from './query-limits.ts';
import { type Counts, countsOf, type Fragments } from './query-shape.ts';
import { checkAlone, rootFieldsOf } from './root-fields.ts';

interface QueryCost extends Counts {
  /** The maximum number of objects in the answer: the size of each list times the sizes of the lists around it. */
  readonly nodes: number;
  readonly rootFields: number;
  /** The points of the allowance that it consumes: the prices of its fields, see field-prices.ts. */
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
  readonly root: Priced;
  /** The units that do not depend on variables. */
  readonly once: number;
  /** The root fields with arguments. */
  readonly inputs: readonly FieldNode[];
}

/** By operation: documents are cached across requests. */
const shapes = new WeakMap<OperationDefinitionNode, Shape>();

/** The cost of an operation with its coerced variables. Throws QUERY_TOO_COMPLEX if it exceeds a limit. */
export function costOf(
  schema: GraphQLSchema,
  { document, definition, coerced }: CoercedOperation,
  limits: QueryLimits,
): QueryCost {
  const shape = shapeOf(document, definition);
  if (shape.passed?.limits !== limits) shape.passed = passCounts(schema, document, definition, shape, limits);
  const { counts, root, once, inputs } = shape.passed;
  const total = { nodes: 0, units: once };
  addPriced(total, root, 1, coerced);
  for (const field of inputs) total.units += charsOf(field, coerced);
  const { nodes, units } = total;
  check('asks for up to', nodes, limits.nodesMax, 'nodes');
  const { depth, fields, aliases, directives, rootFields } = counts;
  const points = Math.max(1, Math.ceil(units / UNITS_A_POINT));
  // not spread, which would take longer than the counting
  return { depth, fields, aliases, directives, rootFields, nodes, points };
}

/** The checks that need no variables. The lists are read last, because that visits every field. */
function passCounts(
  schema: GraphQLSchema,
  document: DocumentNode,
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
  const introspected = mayIntrospect(document) ? introspectedValues(schema, operation, fragments) : 0;
  if (introspected > 0)
    check('reads', introspected, introspectedValuesMax(schema), 'values of the schema by introspection');
  const { root, once } = pricedOperation(schema, operation, fragments);
  const writes = rootFields.filter(({ name }) => isWrite(operation.operation, name.value));
  const inputs = rootFields.filter((field) => field.arguments?.length);
  return {
    ...{ limits, counts: { ...counts, rootFields: rootFields.length }, root, inputs },
    once: once + Math.round(introspected) * INTROSPECTED_UNITS + writes.length * WRITE_UNITS,
  };
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

/** The number of characters in the arguments of a field. */
function charsOf({ arguments: args = [] }: FieldNode, variables: Variables): number {
  return args.reduce((sum, { value }) => sum + textLength(valueFromASTUntyped(value, variables)), 0);
}

function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, member) => sum + textLength(member), 0);
}

/** Adds what is selected from `objects` objects to the total. */
function addPriced(
  total: { nodes: number; units: number },
  { units, lists }: Priced,
  objects: number,
  variables: Variables,
): void {
  total.units += objects * units;
  for (const { size, members } of lists) {
    const count = objects * (typeof size === 'number' ? size : size(variables));
    total.nodes += count;
    total.units += count * NODE_UNITS;
    addPriced(total, members, count, variables);
  }
}

function check(verb: string, figure: number, max: number, what: string): void {
  if (figure <= max) return;
  throw new Refusal(
    'QUERY_TOO_COMPLEX',
    `The operation ${verb} ${Math.ceil(figure)} ${what}: the maximum is ${max}. Request less, or split it into several operations.`,
  );
}
