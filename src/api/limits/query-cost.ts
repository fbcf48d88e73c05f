import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { Refusal } from '../../access/errors.ts';
import type { CoercedOperation, Variables } from '../operation.ts';
import { INTROSPECTED_UNITS, isWrite, UNITS_A_POINT, WRITE_UNITS } from './field-prices.ts';
import { introspectedValues, introspectedValuesMax, mayIntrospect } from './introspection.ts';
import { addPriced, charsOf, unitsFound } from './price-sums.ts';
import { type Priced, pricedOperation } from './priced-lists.ts';
import {
  type limitsForClients,
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

/** For requests that ask for it. `usedPoints` is known after the operation has run. */
export type CostExtension = {
  cost: QueryCost & { limit: ReturnType<typeof limitsForClients>; usedPoints?: number };
};

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
  const { counts, root } = shape.passed;
  const total = { nodes: 0, units: fixedUnits(shape.passed, coerced) };
  addPriced(total, root, 1, coerced);
  const { nodes, units } = total;
  check('asks for up to', nodes, limits.nodesMax, 'nodes');
  const { depth, fields, aliases, directives, rootFields } = counts;
  const points = pointsOf(units);
  // not spread, which would take longer than the counting
  return { depth, fields, aliases, directives, rootFields, nodes, points };
}

/**
 * The points that an operation would have cost with lists as long as those of its answer: at most those of `costOf`,
 * which must have passed it.
 */
export function usedPoints({ definition, coerced }: CoercedOperation, data: object): number {
  const passed = shapes.get(definition)?.passed;
  if (!passed) throw new Error('The cost of the operation is not known.');
  return pointsOf(fixedUnits(passed, coerced) + unitsFound(passed.root, data, coerced));
}

/** The units that do not depend on the sizes of lists. */
function fixedUnits({ once, inputs }: Passed, coerced: Variables): number {
  return inputs.reduce((units, field) => units + charsOf(field, coerced), once);
}

function pointsOf(units: number): number {
  return Math.max(1, Math.ceil(units / UNITS_A_POINT));
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

function check(verb: string, figure: number, max: number, what: string): void {
  if (figure <= max) return;
  throw new Refusal(
    'QUERY_TOO_COMPLEX',
    `The operation ${verb} ${Math.ceil(figure)} ${what}: the maximum is ${max}. Request less, or split it into several operations.`,
  );
}
