// Loops over the fields of a level, in place of functions that are generated for them.
import {
  GraphQLBoolean,
  type GraphQLFieldResolver,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
} from 'graphql';
import { syncPromiseOf } from '../../src/graphql/execution/arrived.ts';
import type { completeCode as generatedComplete } from '../../src/graphql/execution/complete-code.ts';
import { type Column, Failure } from '../../src/graphql/execution/level.ts';
import type { IsPlain } from '../../src/graphql/execution/plain-code.ts';
import type { FieldPlan } from '../../src/graphql/execution/plan.ts';
import type { Resolve } from '../../src/graphql/execution/resolve-code.ts';
import { isPromise } from '../../src/graphql/execution/sync-promise.ts';

export const GONE = Symbol('gone');

type Row = Readonly<Record<string, unknown>>;

const text = (value: unknown) => typeof value === 'string';
const IS_ANSWER = new Map<GraphQLLeafType | null, (value: unknown) => boolean>([
  ...([GraphQLString, GraphQLID] as const).map((type) => [type, text] as const),
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => ((value as number) | 0) === value],
]);

export const completeCode: typeof generatedComplete = (type, fields, depth) => {
  const isAnswer = fields.map((field) => IS_ANSWER.get(field.type.leaf));
  return ((level, i, answering) => {
    const answer: Record<string, unknown> = {};
    for (const [k, field] of fields.entries()) {
      const column = level.columns[k] ?? null;
      let value: unknown = type.name;
      if (field.def.name !== '__typename') {
        if (!field.type.leaf)
          value = answering[field.type.item ? 'list' : 'object'](field, column as Column, i, depth);
        else {
          value = column ? column.values[i] : (level.rows[i] as Row)[field.def.name];
          if (!isAnswer[k]?.(value)) value = answering.leaf(field, value, depth);
        }
      }
      if (value === GONE) return GONE;
      answer[field.key] = value;
    }
    return answer;
  }) as ReturnType<typeof generatedComplete>;
};

export function resolveCode(resolve: GraphQLFieldResolver<unknown, unknown> | null, name: string): Resolve {
  const asksInfo = resolve === null || resolve.length === 0 || resolve.length > 3;
  return (column, rows, args, context, infoOf) => {
    const read: GraphQLFieldResolver<unknown, unknown> = (row, ...others) => {
      const value = typeof row === 'object' && row !== null ? (row as Row)[name] : undefined;
      return typeof value === 'function' ? value.call(row, ...others) : value;
    };
    column.hasObjects = false;
    for (const [i, row] of rows.entries()) {
      let value: unknown;
      try {
        value = (resolve ?? read)(row, args, context, (asksInfo && resolve ? infoOf() : undefined) as never);
      } catch (error) {
        value = new Failure(error);
      }
      if (typeof value === 'object' && value !== null) column.hasObjects = true;
      column.values[i] = isPromise(value) ? syncPromiseOf(value) : value;
    }
  };
}

export const isRead = ({ resolve, type }: FieldPlan) => resolve === null && type.leaf !== null;

export function plainCode(fields: readonly FieldPlan[]): IsPlain {
  const names = fields.filter(isRead).map(({ def }) => def.name);
  const isLeaf = (value: unknown) =>
    typeof value !== 'function' && (typeof value !== 'object' || value === null);
  return (rows) =>
    rows.every((row) => {
      if (typeof row !== 'object' || row === null) return false;
      for (const name of names) if (!isLeaf((row as Row)[name])) return false;
      return true;
    });
}
