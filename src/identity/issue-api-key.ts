import type { Role } from '../access/viewer.ts';
import { createAuthor } from '../forum/author/index.ts';
import type { ApiKeyScope } from '../generated/graphql.ts';
import type { NewId } from '../store/index.ts';
import { insertRow, type Transaction } from '../store/index.ts';
import { joinScopes, SCOPES_OF } from './scopes.ts';
import { makeToken } from './token.ts';

export interface NewApiKey {
  readonly authorId: string;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly createdAt: Date;
  /** Null: never. */
  readonly expiresAt: Date | null;
}

/** As much of a key as its owner needs to know it again, and nobody can use: the prefix and four characters. */
const HINT_CHARS = 'prl_key_'.length + 4;

/** Adds a key for an author. The token is in the answer and nowhere else. */
export async function issueApiKey(
  tx: Transaction,
  newId: (at: Date) => string,
  key: NewApiKey,
): Promise<{ readonly apiKeyId: string; readonly token: string }> {
  const { token, hash } = makeToken('API_KEY');
  const id = newId(key.createdAt);
  const hint = token.slice(0, HINT_CHARS);
  await insertRow(tx, 'api_key', { ...key, id, hash, hint, scopes: joinScopes(key.scopes) });
  return { apiKeyId: id, token };
}

/** Adds an author of this name and role, and a key with all that the role may do: how an operator lets a program in. */
export async function issueKeyForNewAuthor(
  tx: Transaction,
  newId: NewId,
  { name, role, at }: { readonly name: string; readonly role: Role; readonly at: Date },
): Promise<{ readonly authorId: string; readonly token: string }> {
  const authorId = newId(at);
  await createAuthor(tx, { id: authorId, role, name, createdAt: at });
  const { token } = await issueApiKey(tx, newId, {
    ...{ authorId, name, scopes: SCOPES_OF[role], createdAt: at, expiresAt: null },
  });
  return { authorId, token };
}
