import { GraphQLError, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { isIterableObject } from 'graphql/jsutils/isIterableObject.js';
import { type Column, Failure, isNothing, type Level, newLevel } from './level.ts';
import type { TypePlan } from './plan.ts';

/** Lays out the objects that a column's values are: a level below it, or one for each type of them. */
export function addBelow(schema: GraphQLSchema, column: Column, ready: Level[]): void {
  const { field, values, starts, places } = column;
  const { named } = field;
  const { object } = named;
  if (object && !field.type.item) {
    addObjects(column, object, ready);
    return;
  }
  const levelOf = (type: GraphQLObjectType): Level => {
    const level = newLevel(field.planOf(type), []);
    ready.push(level);
    return level;
  };
  const add = (value: unknown): number => {
    if (object) {
      column.below ??= levelOf(object);
      return column.below.rows.push(value) - 1;
    }
    const type = runtimeType(schema, column, value);
    if (type instanceof Failure) {
      column.kinds.push(type);
      return 0;
    }
    const level = column.byType?.get(type) ?? levelOf(type);
    column.byType?.set(type, level);
    column.kinds.push(level);
    return level.rows.push(value) - 1;
  };
  if (!field.type.item) {
    for (const value of values) {
      if (!isNothing(value)) places.push(add(value));
      else {
        places.push(-1);
        column.kinds.push(NOTHING);
      }
    }
    return;
  }
  const addMembers = (type: TypePlan, value: unknown): void => {
    if (isNothing(value)) return;
    if (!type.item) places.push(add(value));
    else if (isIterableObject(value)) for (const member of value) addMembers(type.item, member);
  };
  for (const value of values) {
    starts.push(places.length);
    addMembers(field.type, value);
  }
}

/** What most columns are: one object for each value, all of one type. */
function addObjects(column: Column, type: GraphQLObjectType, ready: Level[]): void {
  const { field, values, places } = column;
  const rows: unknown[] = [];
  for (const value of values) {
    if (isNothing(value)) places.push(-1);
    else places.push(rows.push(value) - 1);
  }
  if (rows.length === 0) return;
  column.below = newLevel(field.planOf(type), rows);
  ready.push(column.below);
}

/** Keeps the places of what is no object. */
const NOTHING = new Failure(null);

/** The type that a value of an interface or union says that it has. */
function runtimeType(schema: GraphQLSchema, column: Column, value: unknown): GraphQLObjectType | Failure {
  const { field } = column;
  const { abstract } = field.named;
  if (!abstract) return NOTHING;
  const name = typeof value === 'object' && value !== null && (value as { __typename?: unknown }).__typename;
  const fault = (message: string) => new Failure(new GraphQLError(message, { nodes: field.nodes }));
  if (typeof name !== 'string') {
    return fault(
      `Abstract type "${abstract.name}" must resolve to an Object type at runtime for field "${field.parent.name}.${field.def.name}". Either the "${abstract.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
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
