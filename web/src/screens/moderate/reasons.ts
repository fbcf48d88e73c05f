import type { CloseReason, LockReason } from '../../generated/graphql/graphql.ts';

export const LOCK_REASONS: readonly LockReason[] = ['OFF_TOPIC', 'RESOLVED', 'SPAM', 'TOO_HEATED'];
export const CLOSE_REASONS: readonly CloseReason[] = ['RESOLVED', 'OUTDATED', 'DUPLICATE'];
