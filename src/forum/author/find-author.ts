import type { Context } from '../../access/context.ts';
import { badInput, notFound } from '../../access/errors.ts';
import { rowIdOf } from '../../graphql/global-id.ts';
import { type AuthorRow, loadAuthor, loadAuthorByHandle } from './author-reads.ts';
import { HANDLE_CHARS_MAX } from './author-rules.ts';

interface Identifiers {
  readonly id?: string | null | undefined;
  readonly handle?: string | null | undefined;
}

/** Finds an author by id or handle. Throws BAD_USER_INPUT unless exactly one is given, or NOT_FOUND. */
export async function findAuthor(ctx: Context, { id, handle }: Identifiers): Promise<AuthorRow> {
  if (typeof id === 'string' && typeof handle !== 'string') {
    const rowId = rowIdOf('Author', id);
    const author = rowId && (await loadAuthor(ctx, rowId));
    if (!author) throw notFound(`No author has the id "${id}".`, 'id');
    return author;
  }
  if (typeof handle === 'string' && typeof id !== 'string') {
    const author = await loadAuthorByHandle(ctx, handle);
    if (!author) throw notFound(`No author has the handle "${handle.slice(0, HANDLE_CHARS_MAX)}".`, 'handle');
    return author;
  }
  throw badInput('Give exactly one of `id` and `handle`.', typeof id === 'string' ? 'handle' : 'id');
}
