import type { MutationInput } from './write.ts';

/** A mutation's answer: what changed, and what the client sent to know it again. */
export function payload<P extends object>(
  input: MutationInput,
  changed: P,
): P & { readonly clientMutationId: string | null } {
  return { ...changed, clientMutationId: input.clientMutationId ?? null };
}
