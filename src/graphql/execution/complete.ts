import { GraphQLError, type GraphQLLeafType, locatedError } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { type AnswerLimits, AnswerSize, AnswerTooLarge } from './answer-size.ts';
import { type Column, Failure, isNothing, type Level } from './level.ts';
import type { FieldPlan, TypePlan } from './plan.ts';

/** A null where none may be: it takes away what is around it, up to the next value that may be null. */
export const NULLED: unique symbol = Symbol('nulled');

/** An answer's object: without the prototype of others even `__proto__` is a name like any other in it. */
class Answer {
  [key: string]: unknown;
}
Object.setPrototypeOf(Answer.prototype, null);

/** The specification's CompleteValue: turns what was resolved into the answer, in the order of the document. */
export class Completion {
  readonly errors: GraphQLError[] = [];
  /** The errors beyond `errorsMax`. */
  omittedErrors = 0;
  /** The error behind a NULLED; it is one of `errors` once a value that may be null has stopped it. */
  nulledBy: GraphQLError | null = null;
  /** The path of what is being completed; entries beyond its depth are left over from others. */
  readonly #path: (string | number)[] = [];
  readonly #size: AnswerSize;
  readonly #errorsMax: number;

  /** Completing throws AnswerTooLarge. */
  constructor({ bytesMax, errorsMax }: AnswerLimits) {
    this.#size = new AnswerSize(bytesMax);
    this.#errorsMax = errorsMax;
  }

  /** Counts what the last object has added. */
  checkSize(): void {
    this.#size.add(0);
  }

  /** One row of a level. */
  object({ plan, columns }: Level, row: number): Answer | typeof NULLED {
    const { fields, depth, nameBytes } = plan;
    this.#size.add(nameBytes);
    const answer = new Answer();
    for (let i = 0; i < fields.length; i++) {
      const { key } = fields[i] as FieldPlan;
      this.#path[depth] = key;
      const value = this.#field(columns[i] as Column, row, depth + 1);
      if (value === NULLED) return NULLED;
      answer[key] = value;
    }
    return answer;
  }

  #field(column: Column, row: number, depth: number): unknown {
    const { field, values, starts } = column;
    const { type } = field;
    const value = values[row];
    if (isNothing(value)) return this.#nothing(field, type, value, depth);
    if (type.leaf) return this.#leaf(field, type, type.leaf, value, depth);
    if (!type.item) return this.#entry(column, type, row, depth);
    return this.#list(field, type, value, depth, { column, at: starts[row] as number });
  }

  /** `next`: the entry of the column that the next object in the list has. */
  #list(
    field: FieldPlan,
    type: TypePlan,
    list: unknown,
    depth: number,
    next: { readonly column: Column; at: number },
  ): unknown {
    if (!Array.isArray(list)) return this.#failed(field, type, notIterable(field), depth);
    const items: unknown[] = [];
    for (const value of list) {
      this.#path[depth] = items.length;
      const answer = this.#item(field, type.item as TypePlan, value, depth + 1, next);
      if (answer === NULLED) return this.#nulled(type);
      items.push(answer);
    }
    return items;
  }

  #item(
    field: FieldPlan,
    type: TypePlan,
    value: unknown,
    depth: number,
    next: { readonly column: Column; at: number },
  ): unknown {
    if (isNothing(value)) return this.#nothing(field, type, value, depth);
    if (type.leaf) return this.#leaf(field, type, type.leaf, value, depth);
    if (type.item) return this.#list(field, type, value, depth, next);
    return this.#entry(next.column, type, next.at++, depth);
  }

  /** The object that has an entry of a column. */
  #entry({ field, levels, places }: Column, type: TypePlan, entry: number, depth: number): unknown {
    const level = levels[entry] as Level | Failure;
    if (level instanceof Failure) return this.#failed(field, type, level.reason, depth);
    const answer = this.object(level, places[entry] as number);
    return answer === NULLED ? this.#nulled(type) : answer;
  }

  #leaf(field: FieldPlan, type: TypePlan, leaf: GraphQLLeafType, value: unknown, depth: number): unknown {
    let answer: unknown;
    try {
      answer = leaf.serialize(value);
      if (answer === null || answer === undefined)
        throw new Error(
          `Expected \`${inspect(leaf)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(answer)}`,
        );
    } catch (error) {
      return this.#failed(field, type, error, depth);
    }
    this.#size.addLeaf(answer);
    return answer;
  }

  #nothing(field: FieldPlan, type: TypePlan, value: unknown, depth: number): null | typeof NULLED {
    if (value instanceof Failure) return this.#failed(field, type, value.reason, depth);
    if (value instanceof Error) return this.#failed(field, type, value, depth);
    if (!type.isNonNull) return null;
    const message = `Cannot return null for non-nullable field ${field.parent.name}.${field.name}.`;
    return this.#failed(field, type, new Error(message), depth);
  }

  #failed(field: FieldPlan, type: TypePlan, reason: unknown, depth: number): null | typeof NULLED {
    if (reason instanceof AnswerTooLarge) throw reason;
    // an error beyond the maximum is counted and not made
    if (this.errors.length < this.#errorsMax)
      this.nulledBy = locatedError(reason, field.nodes, this.#path.slice(0, depth));
    return this.#nulled(type);
  }

  #nulled(type: TypePlan): null | typeof NULLED {
    if (type.isNonNull) return NULLED;
    this.addError();
    return null;
  }

  /** Adds the error behind the last NULLED to the errors, or counts it if there are too many. */
  addError(): void {
    if (this.errors.length >= this.#errorsMax) this.omittedErrors++;
    else {
      this.#size.addError(this.nulledBy as GraphQLError);
      this.errors.push(this.nulledBy as GraphQLError);
    }
  }
}

function notIterable({ parent, name }: FieldPlan): GraphQLError {
  return new GraphQLError(`Expected Iterable, but did not find one for field "${parent.name}.${name}".`);
}
