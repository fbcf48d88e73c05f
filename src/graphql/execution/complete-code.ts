import { GraphQLBoolean, GraphQLID, GraphQLInt, type GraphQLObjectType, GraphQLString } from 'graphql';
import type { Answering } from './answering.ts';
import type { Level } from './level.ts';
import type { FieldPlan } from './plan.ts';

/** What stands for an object or a value that a null inside it has taken away; see Answering.raised. */
export const GONE: unique symbol = Symbol('gone');

/** Makes the answer of a level's i-th object. */
export type Complete = (level: Level, i: number, answering: Answering) => object | typeof GONE;

/** Values of these types are written as they are, where they are of the right kind in JavaScript. */
const AS_IT_IS = new Map<unknown, string>([
  [GraphQLString, "typeof v !== 'string'"],
  [GraphQLID, "typeof v !== 'string'"],
  [GraphQLBoolean, "typeof v !== 'boolean'"],
  [GraphQLInt, '(v | 0) !== v'],
]);

/**
 * A function that answers the objects of one place of a document: an object literal with the fields in their order,
 * and calls of `answering` for whatever is more than a value that can be taken as it is. The function is written out
 * for the fields because a loop over them costs more than all that it does. Its text holds names alone, those of the
 * document as GraphQL's grammar has them and those of the schema; `depth` is the length of the object's path.
 */
export function completeCode(type: GraphQLObjectType, fields: readonly FieldPlan[], depth: number): Complete {
  const steps = fields.map((field, k) => `${written(field, k, depth)} const v${k} = v;`);
  const members = fields.map(({ key }, k) => `${key === '__proto__' ? '["__proto__"]' : key}: v${k}`);
  const body = `return function complete(level, i, answering) {
    const row = level.rows[i], columns = level.columns;
    let v;
    ${steps.join('\n')}
    return { ${members.join(', ')} };
  }`;
  return new Function('fields', 'GONE', 'typeName', body)(fields, GONE, type.name) as Complete;
}

function written(field: FieldPlan, k: number, depth: number): string {
  const { def, type, resolve } = field;
  if (def.name === '__typename') return 'v = typeName;';
  const goes = type.isNonNull ? 'if (v === GONE) return GONE;' : '';
  if (!type.leaf) {
    return `v = answering.${type.item ? 'list' : 'object'}(fields[${k}], columns[${k}], i, ${depth}); ${goes}`;
  }
  const found = resolve
    ? `columns[${k}].values[i]`
    : `columns[${k}] === null ? row.${def.name} : columns[${k}].values[i]`;
  const isOther = AS_IT_IS.get(type.leaf) ?? 'true';
  const leaf = `if (${isOther}) { v = answering.leaf(fields[${k}], v, ${depth}); ${goes} }`;
  return type.isNonNull ? `v = ${found}; ${leaf}` : `v = ${found}; if (v == null) v = null; else ${leaf}`;
}
