import type { GraphQLObjectType } from 'graphql';
import type { FieldPlan, ObjectPlan } from './plan.ts';

/** All objects that an answer has in one place of its document, whatever lists and parents they stand in. */
export interface Level {
  readonly plan: ObjectPlan;
  readonly rows: unknown[];
  /** By the fields' indexes; null: read from the rows. */
  readonly columns: (Column | null)[];
}

/** What one field has for every object of a level. */
export interface Column {
  readonly field: FieldPlan;
  /** What was resolved; a Failure where that threw. */
  readonly values: unknown[];
  /** Whether any of them is an object: what is none needs no second look. */
  hasObjects: boolean;
  /** For objects: the level below, which holds those of all values, in their order. Null: there are none. */
  below: Level | null;
  /** For interfaces and unions: of which level each object is. */
  readonly kinds: (Level | Failure)[];
  readonly byType: Map<GraphQLObjectType, Level> | null;
  /** For objects: each object's place in its level; by value, or for lists from `starts` on. */
  readonly places: number[];
  /** For lists: where in `places` each value's objects begin. */
  readonly starts: number[];
}

/** Something that was thrown, in the place of a value. */
export class Failure {
  readonly reason: unknown;
  constructor(reason: unknown) {
    this.reason = reason;
  }
}

export function newLevel(plan: ObjectPlan, rows: unknown[]): Level {
  return { plan, rows, columns: new Array(plan.fields.length).fill(null) };
}

/** Shared by the columns of leaves, which have nothing below them. */
const NONE: never[] = [];

export function newColumn(field: FieldPlan, size: number): Column {
  const { named, type } = field;
  return {
    field,
    values: new Array(size),
    hasObjects: false,
    below: null,
    kinds: named.abstract ? [] : NONE,
    byType: named.abstract ? new Map() : null,
    places: named.leaf ? NONE : [],
    starts: type.item && !named.leaf ? [] : NONE,
  };
}

/** Whether there is nothing below a value to look at. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value instanceof Failure || value instanceof Error;
}
