import { isForeignKeyViolation, type Transaction } from '../store/index.ts';
import type { Context } from './context.ts';
import { conflict } from './errors.ts';
import { type Keyed, once, type Repeatable } from './idempotency.ts';

/** What every input of a mutation has. */
export interface MutationInput extends Keyed {
  readonly clientMutationId?: string | null | undefined;
}

/**
 * What a write answers, and what is kept for repeats under its idempotency key: row ids and plain values, no rows. A
 * repeat shows the rows as they are by then.
 */
export type Outcome = Readonly<Record<string, string | number | boolean | null>>;

/** What follows from a write that is on the disk. */
export type Sequel = (ctx: Context) => void;

/**
 * What a write does. It may be run again, after a try that was undone: nothing but its transaction may remember that
 * one. `afterwards`: for what follows once the commit is on the disk, and never for a repeat or an undone try: a letter
 * that is sent; a row that it has taken, or added, and knows whole as the commit leaves it, which spares the answer to
 * read it (there it is called `spare`).
 */
export type Work<O> = (tx: Transaction, afterwards: (sequel: Sequel) => void) => Promise<O>;

/**
 * Runs a write in one transaction, once for each idempotency key of its actor: a repeat answers the same outcome and
 * does nothing. Resolves when everything is durable. Throws IDEMPOTENCY_KEY_REUSED where the key came with another
 * input, and CONFLICT where something that the write refers to was removed meanwhile; whatever is thrown undoes all of
 * it, the key included.
 */
export function write<O extends Outcome>(
  ctx: Context,
  mutation: string,
  input: MutationInput,
  work: Work<O>,
): Promise<O> {
  return run(ctx, { mutation, input, sealed: false }, work);
}

/**
 * The same for a write whose outcome or input holds a secret. What is kept can be read only with the idempotency key
 * itself, which therefore must be long: by a short one, whoever reads the table could try out passwords against the
 * input's hash at a millionth of what they cost by the account's own.
 */
export function writeSecret<O extends Outcome>(
  ctx: Context,
  mutation: string,
  input: MutationInput,
  work: Work<O>,
): Promise<O> {
  return run(ctx, { mutation, input, sealed: true }, work);
}

async function run<O extends Outcome>(ctx: Context, repeatable: Repeatable, work: Work<O>): Promise<O> {
  let sequels: Sequel[] = [];
  let outcome: O;
  try {
    outcome = await ctx.db.transaction((tx) => {
      sequels = []; // what an earlier try knew was undone with it
      return once(ctx, tx, repeatable, (own) => work(own, (sequel) => sequels.push(sequel)));
    });
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    throw conflict('An object that this refers to has just been deleted.');
  } finally {
    ctx.loaders.clear();
  }
  for (const sequel of sequels) sequel(ctx);
  return outcome;
}
