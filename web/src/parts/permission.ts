// What `viewerCan` says, and why something is refused.

/** A permission as `viewerCan` has it. */
export interface Can {
  readonly isAllowed: boolean;
  readonly code?: string | null | undefined;
  readonly message?: string | null | undefined;
}

/** Why something is refused, for `<Sentence>`. */
export interface Refusal {
  readonly message: string;
  readonly isOwn?: boolean;
}

/**
 * Why the viewer cannot do something. Null if they can, a guest after signing in. `lockReason`: why guests would not be able to
 * then either; the API tells them only to sign in first.
 */
export function refusalOf({ isAllowed, code, message }: Can, lockReason: string | null): Refusal | null {
  if (isAllowed) return null;
  if (code !== 'UNAUTHENTICATED') return { message: message ?? '' };
  return lockReason === null ? null : { message: lockReason, isOwn: true };
}
