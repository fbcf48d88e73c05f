import type { Context } from '../../access/context.ts';
import { conflict } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UpdateAuthorInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { isUniqueViolation, type Transaction, updateReturning, updateRows } from '../../store/index.ts';
import { checkedName } from '../../text/text-rules.ts';
import { checkedUrl, PICTURE_URL } from '../../text/url-rule.ts';
import { lockAuthorForUpdate } from './author-for-update.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_COMPANY_SEGMENT,
  AUTHOR_INDUSTRY,
  AUTHOR_TITLE,
  checkedAuthorName,
  checkedHandle,
  mayUpdateAuthor,
} from './author-rules.ts';
import { NAMED, type Named, replaceNameKeys } from './name-keys.ts';

/** Updates an author's description. Returns the row's id. */
export async function updateAuthor(ctx: Context, input: UpdateAuthorInput): Promise<{ authorId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const isOther = typeof input.authorId === 'string';
  const authorId = isOther ? requiredRowId('Author', input.authorId ?? '', 'input.authorId') : viewer.id;
  const set = changesIn(input);

  try {
    return await write(ctx, 'updateAuthor', input, async (tx) => {
      // load
      const author = await lockAuthorForUpdate(tx, authorId);
      // rule
      enforce(mayUpdateAuthor(viewer, author), 'input.authorId');
      // change
      await writeDescription(tx, authorId, set);
      return { authorId };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('Another author has this handle.', 'input.handle');
    throw error;
  }
}

const CHECKS: Readonly<Record<Described, (text: string, field: string) => string>> = {
  name: checkedAuthorName,
  title: (text, field) => checkedName(text, AUTHOR_TITLE, field),
  company: (text, field) => checkedName(text, AUTHOR_COMPANY, field),
  companySegment: (text, field) => checkedName(text, AUTHOR_COMPANY_SEGMENT, field),
  industry: (text, field) => checkedName(text, AUTHOR_INDUSTRY, field),
  avatarUrl: (text, field) => checkedUrl(text, PICTURE_URL, field),
  handle: checkedHandle,
};

/** The columns that the input changes. Omitted members stay, null clears. */
function changesIn(input: UpdateAuthorInput): Partial<Record<Described, string | null>> {
  const changes: Partial<Record<Described, string | null>> = {};
  for (const member of Object.keys(CHECKS) as Described[]) {
    const name = member === 'title' ? 'jobTitle' : member;
    const value = input[name];
    if (value === undefined) continue;
    changes[member] = value === null ? null : CHECKS[member](value, `input.${name}`);
  }
  return changes;
}

/** The columns that describe an author. */
type Described = 'name' | 'title' | 'company' | 'companySegment' | 'industry' | 'avatarUrl' | 'handle';

/** Updates columns of an author's description. Omitted members stay, null clears. */
export async function writeDescription(
  tx: Transaction,
  authorId: string,
  description: Readonly<Partial<Record<Described, string | null>>>,
): Promise<void> {
  if (Object.keys(description).length === 0) return;
  if (description.name === undefined && description.handle === undefined) {
    await updateRows(tx, 'author', { id: authorId }, description);
    return;
  }
  const author = await updateReturning<'author', Named>(tx, 'author', { id: authorId }, description, NAMED);
  await replaceNameKeys(tx, author);
}
