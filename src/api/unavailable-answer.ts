import type { GraphQLFormattedError } from 'graphql';
import { unavailable } from '../access/errors.ts';

/**
 * The errors of an answer that is refused as a whole, with 503: each one is UNAVAILABLE and no root field has data. Null
 * for any other answer. `mayHaveWritten`: COMMIT was sent for a mutation of the operation. The database can be lost
 * after it, before the payload is read, so each error then says that the write may be stored.
 */
export function asUnavailable(
  errors: readonly GraphQLFormattedError[],
  data: Readonly<Record<string, unknown>> | null | undefined,
  mayHaveWritten: boolean,
): readonly GraphQLFormattedError[] | null {
  if (errors.some(({ extensions }) => extensions?.['code'] !== 'UNAVAILABLE')) return null;
  if (Object.values(data ?? {}).some((value) => value !== null)) return null;
  if (!mayHaveWritten) return errors;
  const { message } = unavailable(true);
  return errors.map((error) => ({
    ...error,
    message,
    extensions: { ...error.extensions, mayHaveBeenDone: true },
  }));
}
