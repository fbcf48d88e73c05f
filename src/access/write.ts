import { isForeignKeyViolation, type Transaction } from '../store/index.ts';
import type { Context } from './context.ts';
import { conflict } from './errors.ts';
import { type Keyed, once, type Repeatable } from './idempotency.ts';

/** What every input of a mutation has. */
export interface MutationInput extends Keyed {
  readonly clientMutationId?: string | null | undefined;
}

/**
 * What a write answers, and what is stored for repeats under its idempotency key: row ids and plain values, no rows.
 * A repeat shows the rows as they are by then.
 */
export type Outcome = Readonly<Record<string, string | number | boolean | null>>;

/** Registers what is to be done once the commit is on disk. It is not done for a repeat, or for a try that was rolled back. */
export type AfterCommit = (done: (ctx: Context) => void) => void;

/**
 * What a write does. It may run more than once, because a try may be rolled back: it changes nothing outside its
 * transaction. What follows from the commit goes into `afterCommit`: an e-mail that is sent, or a written row that the
 * answer need not read again.
 */
export type Work<O> = (tx: Transaction, afterCommit: AfterCommit) => Promise<O>;

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
  let committed: ((ctx: Context) => void)[] = [];
  let outcome: O;
  try {
    outcome = await ctx.db.transaction((tx) => {
      committed = []; // an earlier try was rolled back
      return once(ctx, tx, repeatable, (own) => work(own, (done) => committed.push(done)));
    });
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    throw conflict('An object that this refers to has just been deleted.');
  } finally {
    ctx.loaders.clear();
  }
  for (const done of committed) done(ctx);
  return outcome;
}
