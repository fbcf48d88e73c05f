import type { Context } from '../access/context.ts';
import type { MutationInput } from '../access/write.ts';

/**
 * A row as an interface or union takes it, with its type's name. The name is added to the row itself: of a copy, what
 * the row omits would no longer throw when it is read (see selected-columns.ts).
 */
export function ofType<Row extends object, Name extends string>(
  row: Row,
  type: Name,
): Row & { readonly __typename: Name } {
  return Object.assign(row, { __typename: type });
}

/**
 * A mutation's resolver: does the work, and answers what `show` makes of its outcome, with what the client sent to know
 * the answer again.
 */
export function answering<Input extends MutationInput, Outcome, Payload extends object>(
  work: (ctx: Context, input: Input) => Promise<Outcome>,
  show: (ctx: Context, outcome: Outcome) => Payload | Promise<Payload>,
) {
  return async (_: unknown, { input }: { readonly input: Input }, ctx: Context) => {
    const payload = await show(ctx, await work(ctx, input));
    return { ...payload, clientMutationId: input.clientMutationId ?? null };
  };
}
