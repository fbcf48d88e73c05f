import { GraphQLError, type GraphQLLeafType, locatedError } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { isIterableObject } from 'graphql/jsutils/isIterableObject.js';
import { GONE } from './complete-code.ts';
import { type Column, Failure, type Level } from './level.ts';
import type { FieldPlan, TypePlan } from './plan.ts';

/**
 * Turns what was resolved into the answer: the specification's CompleteValue, field by field in the order of the
 * document. A null where there must be none takes away what stands around it, up to the next thing that may be null;
 * until then GONE is handed up, and `raised` is the error that it costs.
 */
export class Answering {
  readonly errors: GraphQLError[] = [];
  raised: GraphQLError | null = null;
  /** Where the answer is being written; what lies beyond the current depth is left over. */
  readonly #path: (string | number)[] = [];

  leaf(field: FieldPlan, value: unknown, depth: number): unknown {
    this.#path[depth] = field.key;
    return this.#leaf(field, field.type, field.type.leaf as GraphQLLeafType, value, depth + 1);
  }

  object(field: FieldPlan, column: Column, i: number, depth: number): unknown {
    this.#path[depth] = field.key;
    const value = column.values[i];
    const place = column.places[i] as number;
    if (place < 0) return this.#nothing(field, field.type, value, depth + 1);
    const level = column.byType ? column.kinds[i] : column.below;
    return this.#object(field, field.type, level as Level | Failure, place, depth + 1);
  }

  list(field: FieldPlan, column: Column, i: number, depth: number): unknown {
    this.#path[depth] = field.key;
    return this.#value(field, field.type, column.values[i], depth + 1, {
      column,
      at: column.starts[i] as number,
    });
  }

  /** `next`: which of the column's objects comes next. */
  #value(
    field: FieldPlan,
    type: TypePlan,
    value: unknown,
    depth: number,
    next: { readonly column: Column; at: number },
  ): unknown {
    if (value === null || value === undefined || value instanceof Failure || value instanceof Error) {
      return this.#nothing(field, type, value, depth);
    }
    if (type.leaf) return this.#leaf(field, type, type.leaf, value, depth);
    if (!type.item) {
      const { kinds, below, places, byType } = next.column;
      const at = next.at++;
      return this.#object(field, type, (byType ? kinds[at] : below) as Level, places[at] as number, depth);
    }
    if (!isIterableObject(value)) return this.#failed(field, type, notIterable(field), depth);
    const items: unknown[] = [];
    for (const item of value) {
      this.#path[depth] = items.length;
      const answer = this.#value(field, type.item, item, depth + 1, next);
      if (answer === GONE) return this.#gone(type);
      items.push(answer);
    }
    return items;
  }

  #object(field: FieldPlan, type: TypePlan, level: Level | Failure, place: number, depth: number): unknown {
    if (level instanceof Failure) return this.#failed(field, type, level.reason, depth);
    const answer = level.plan.complete(level, place, this);
    return answer === GONE ? this.#gone(type) : answer;
  }

  #leaf(field: FieldPlan, type: TypePlan, leaf: GraphQLLeafType, value: unknown, depth: number): unknown {
    if (value === null || value === undefined || value instanceof Failure || value instanceof Error) {
      return this.#nothing(field, type, value, depth);
    }
    try {
      const answer = leaf.serialize(value);
      if (answer !== null && answer !== undefined) return answer;
      throw new Error(
        `Expected \`${inspect(leaf)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(answer)}`,
      );
    } catch (error) {
      return this.#failed(field, type, error, depth);
    }
  }

  #nothing(field: FieldPlan, type: TypePlan, value: unknown, depth: number): unknown {
    if (value instanceof Failure) return this.#failed(field, type, value.reason, depth);
    if (value instanceof Error) return this.#failed(field, type, value, depth);
    if (!type.isNonNull) return null;
    const fault = `Cannot return null for non-nullable field ${field.parent.name}.${field.def.name}.`;
    return this.#failed(field, type, new Error(fault), depth);
  }

  #failed(field: FieldPlan, type: TypePlan, reason: unknown, depth: number): null | typeof GONE {
    this.raised = locatedError(reason, field.nodes, this.#path.slice(0, depth));
    return this.#gone(type);
  }

  #gone(type: TypePlan): null | typeof GONE {
    if (type.isNonNull) return GONE;
    this.errors.push(this.raised as GraphQLError);
    return null;
  }
}

function notIterable({ parent, def }: FieldPlan): GraphQLError {
  return new GraphQLError(`Expected Iterable, but did not find one for field "${parent.name}.${def.name}".`);
}
