import type { CloseReason, LockReason } from '../../generated/graphql/graphql.ts';

export const LOCK_REASONS: readonly LockReason[] = ['OFF_TOPIC', 'RESOLVED', 'SPAM', 'TOO_HEATED'];
/** Those of the form to close. DUPLICATE is set by the form that names the original. */
export const CLOSE_REASONS = ['RESOLVED', 'OUTDATED'] as const satisfies readonly CloseReason[];
