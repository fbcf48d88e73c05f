import { type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import { Refusal } from '../../access/errors.ts';
import type { AnswerTooLarge } from '../../graphql/execution/index.ts';

/** The maximum number of errors in one answer. One more says how many are omitted. */
export const ERRORS_MAX = 100;

/** The refusal of an operation whose answer is too large. */
export function tooLarge(error: AnswerTooLarge, type: OperationTypeNode): Refusal {
  const message = `${error.message} Request less, or split it into several operations.`;
  const isWrite = type === OperationTypeNode.MUTATION;
  return new Refusal(
    'QUERY_TOO_COMPLEX',
    isWrite ? `${message} What the mutation changed is stored.` : message,
  );
}

/** The error in the place of those that are omitted. */
export function omittedErrors(count: number): GraphQLFormattedError {
  const message = `${count} more errors are omitted: an answer has at most ${ERRORS_MAX}.`;
  return { message, extensions: { code: 'QUERY_TOO_COMPLEX' } };
}
