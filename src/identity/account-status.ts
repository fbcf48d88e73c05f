import type { Context } from '../access/context.ts';
import { inOrderOf, loader } from '../graphql/loader.ts';
import { statement } from '../store/index.ts';
import { maySeeAccountStatus } from './account-rules.ts';

/** What admins see of an account. */
export interface AccountStatusRow {
  readonly authorId: string;
  readonly createdAt: number;
  readonly emailConfirmedAt: number | null;
  readonly sessionUsedAt: number | null;
  readonly keyUsedAt: number | null;
}

const byAuthors = statement<AccountStatusRow>(
  'account.status',
  (
    d,
  ) => `SELECT a.author_id AS "authorId", a.created_at AS "createdAt", a.email_confirmed_at AS "emailConfirmedAt",
      (SELECT max(s.last_used_at) FROM session s WHERE s.author_id = a.author_id) AS "sessionUsedAt",
      (SELECT max(k.last_used_at) FROM api_key k WHERE k.author_id = a.author_id) AS "keyUsedAt"
    FROM account a WHERE ${d.inList('a.author_id')}`,
  { table: 'account', by: ['author_id'] },
  { table: 'session', by: ['author_id'] },
  { table: 'api_key', by: ['author_id'] },
);

/** The state of an author's account, for an admin. Null for anyone else, and if the author has no account here. */
export function loadAccountStatus(ctx: Context, authorId: string): Promise<AccountStatusRow | null> | null {
  if (!maySeeAccountStatus(ctx.viewer).isAllowed) return null;
  return loader<AccountStatusRow | null>(ctx, 'account.status', async ({ db }, ids) =>
    inOrderOf(ids, await db.read.all(byAuthors, [ids]), (row) => row.authorId),
  ).load(authorId);
}

/** When the owner last used a session that still exists, or a key, revoked ones included. Null if unknown. */
export function lastSeenAt({ sessionUsedAt, keyUsedAt }: AccountStatusRow): number | null {
  if (sessionUsedAt === null || keyUsedAt === null) return sessionUsedAt ?? keyUsedAt;
  return Math.max(sessionUsedAt, keyUsedAt);
}
