import { isForeignKeyViolation, type Transaction, TransactionCancelled } from '../store/index.ts';
import type { Context } from './context.ts';
import { conflict, timedOut } from './errors.ts';
import { type Keyed, once, type Repeatable } from './idempotency.ts';

/** The members that every mutation's input has. */
export interface MutationInput extends Keyed {
  readonly clientMutationId?: string | null | undefined;
}

/**
 * The result of a write, which is stored for repeats under its idempotency key: row ids and plain values, no rows. A
 * repeat shows the current rows.
 */
export type Outcome = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Registers a function to call after the commit. It is not called for a repeat, nor for an attempt that was rolled
 * back.
 */
type AfterCommit = (callback: (ctx: Context) => void) => void;

/**
 * The body of a write. It may run again after a rollback, so it changes nothing outside its transaction. `afterCommit`
 * is for what follows from the commit, such as sending an e-mail or priming a loader with a written row.
 */
type Work<O> = (tx: Transaction, afterCommit: AfterCommit) => Promise<O>;

/**
 * Runs a write in one transaction, once for each idempotency key of its actor: a repeat returns the same outcome and
 * writes nothing. Resolves when the commit is durable. Throws IDEMPOTENCY_KEY_REUSED if the key came with another
 * input, FORBIDDEN if the viewer has fewer rights than at the first request, and CONFLICT if a row that the write refers
 * to has been deleted. Any error rolls back the whole transaction, the key included, and so does the deadline of the
 * request.
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
 * The same for a write whose outcome or input holds a secret. What is stored can only be read with the idempotency key
 * itself, which therefore must be long: with a short key, a reader of the table could test passwords against the
 * input's hash at a millionth of the cost of the account's own hash.
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
      committed = []; // an earlier attempt was rolled back
      return once(ctx, tx, repeatable, (own) => work(own, (callback) => committed.push(callback)));
    }, ctx.deadline);
  } catch (error) {
    // the client has its answer already, and it says that nothing was stored
    if (error instanceof TransactionCancelled) throw timedOut(false);
    if (!isForeignKeyViolation(error)) throw error;
    throw conflict('An object that this refers to has just been deleted.');
  } finally {
    ctx.loaders.clear();
  }
  for (const callback of committed) callback(ctx);
  return outcome;
}
