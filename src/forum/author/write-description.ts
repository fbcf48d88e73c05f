import { type Transaction, updateRows } from '../../store/index.ts';

/** The members that describe an author. */
export type Described = 'name' | 'title' | 'company' | 'companySegment' | 'industry' | 'avatarUrl' | 'handle';

/** Describes an author anew: absent members stay as they are, null clears one. */
export async function writeDescription(
  tx: Transaction,
  authorId: string,
  description: Readonly<Partial<Record<Described, string | null>>>,
): Promise<void> {
  if (Object.keys(description).length > 0) await updateRows(tx, 'author', { id: authorId }, description);
}
