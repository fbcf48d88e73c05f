import { GraphQLError, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import type { FieldPlan, ObjectPlan, TypePlan } from './plan.ts';

/** All objects of one type in one place of a document, whatever lists and parents they are in. */
export interface Level {
  readonly plan: ObjectPlan;
  readonly rows: unknown[];
  /** In the order of the plan's fields. */
  readonly columns: Column[];
}

/** The values of one field for every row of a level. */
export interface Column {
  readonly field: FieldPlan;
  readonly level: Level;
  /** What was resolved; lists are arrays, and what was thrown is a Failure. */
  readonly values: unknown[];
  /**
   * For objects, which level and which row of it each of them is: one entry for a value, or for lists one for each
   * member that is not null, from `starts` on. The level is null for a null, a Failure for an unknown type.
   */
  readonly levels: (Level | Failure | null)[];
  readonly places: number[];
  /** For lists of objects: where the entries of each value begin. */
  readonly starts: number[];
}

/** Something that was thrown, in the place of a value. */
export class Failure {
  readonly reason: unknown;
  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** Shared by the columns of leaves, which have nothing below them. */
const NONE: never[] = [];

export function newLevel(plan: ObjectPlan, rows: unknown[]): Level {
  return { plan, rows, columns: [] };
}

export function newColumn(level: Level, field: FieldPlan): Column {
  const isLeaf = field.named.leaf !== null;
  return {
    field,
    level,
    values: new Array(level.rows.length),
    levels: isLeaf ? NONE : [],
    places: isLeaf ? NONE : [],
    starts: isLeaf || !field.type.item ? NONE : [],
  };
}

/** Whether there is no value: null, or an error in its place. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && (value instanceof Failure || value instanceof Error);
}

/** Lays out the objects of a column's values into levels, one for each of their types, and returns these. */
export function levelsBelow(schema: GraphQLSchema, column: Column): Iterable<Level> {
  const { field, values, levels, places, starts } = column;
  const byType = new Map<GraphQLObjectType, Level>();
  const add = (value: unknown): void => {
    const type = field.named.object ?? runtimeType(schema, field, value);
    if (type instanceof Failure) {
      levels.push(type);
      places.push(0);
      return;
    }
    let level = byType.get(type);
    if (!level) {
      level = newLevel(field.planOf(type), []);
      byType.set(type, level);
    }
    levels.push(level);
    places.push(level.rows.push(value) - 1);
  };
  const addMembers = (type: TypePlan, value: unknown): void => {
    if (isNothing(value)) return;
    if (!type.item) add(value);
    else if (Array.isArray(value)) for (const member of value) addMembers(type.item, member);
  };
  for (const value of values) {
    if (field.type.item) {
      starts.push(places.length);
      addMembers(field.type, value);
    } else if (isNothing(value)) {
      levels.push(null);
      places.push(0);
    } else add(value);
  }
  return byType.values();
}

/** The type that the `__typename` of an interface's or union's value names. */
function runtimeType(schema: GraphQLSchema, field: FieldPlan, value: unknown): GraphQLObjectType | Failure {
  const { abstract } = field.named;
  if (!abstract) return new Failure(null);
  const fault = (message: string) => new Failure(new GraphQLError(message, { nodes: field.nodes }));
  const name = typeof value === 'object' && (value as { readonly __typename?: unknown }).__typename;
  if (typeof name !== 'string') {
    return fault(
      `Abstract type "${abstract.name}" must resolve to an Object type at runtime for field "${field.parent.name}.${field.name}". Either the "${abstract.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
    );
  }
  const type = schema.getType(name);
  if (!type) {
    return fault(
      `Abstract type "${abstract.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
    );
  }
  if (!isObjectType(type)) {
    return fault(`Abstract type "${abstract.name}" was resolved to a non-object type "${name}".`);
  }
  if (!schema.isSubType(abstract, type)) {
    return fault(`Runtime Object type "${type.name}" is not a possible type for "${abstract.name}".`);
  }
  return type;
}
