import { type Transaction, updateRows } from '../../store/index.ts';
import type { LockedDiscussion } from './discussion-for-update.ts';

/** A comment as it was accepted. */
export interface AcceptedAnswer {
  readonly commentId: string;
  /** Which state of its text. */
  readonly revision: number;
  readonly acceptedById: string;
  readonly acceptedAt: Date;
}

/** Writes which comment answers a taken discussion, in place of what did before; null: none does. */
export async function recordAnswer(
  tx: Transaction,
  { id }: LockedDiscussion,
  answer: AcceptedAnswer | null,
): Promise<void> {
  await updateRows(
    tx,
    'discussion',
    { id },
    {
      answerId: answer?.commentId ?? null,
      answerRevision: answer?.revision ?? null,
      answeredById: answer?.acceptedById ?? null,
      answeredAt: answer?.acceptedAt ?? null,
    },
  );
}
