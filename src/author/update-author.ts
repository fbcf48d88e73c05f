import type { UpdateAuthorInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { isUniqueViolation, updateRows } from '../kit/db/index.ts';
import { badInput, conflict } from '../kit/errors.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { checkedName } from '../kit/text.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_COMPANY_SEGMENT,
  AUTHOR_INDUSTRY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  checkedAvatarUrl,
} from './author-limits.ts';
import { mayUpdateAuthor } from './author-rules.ts';
import { HANDLE_CHARS_MAX } from './create-author.ts';
import { takeAuthor } from './take-author.ts';

/** Changes how an author is described. Answers the row's id. */
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
      const author = await takeAuthor(tx, authorId, 'input.authorId');
      // rule
      enforce(mayUpdateAuthor(viewer, author), 'input.authorId');
      // change
      if (Object.keys(set).length > 0) await updateRows(tx, 'author', { id: authorId }, set);
      return { authorId };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('Somebody else has this handle.', 'input.handle');
    throw error;
  }
}

type Member = 'name' | 'title' | 'company' | 'companySegment' | 'industry' | 'avatarUrl' | 'handle';

const CHECKS: Readonly<Record<Member, (text: string, field: string) => string>> = {
  name: (text, field) => checkedName(text, AUTHOR_NAME, field),
  title: (text, field) => checkedName(text, AUTHOR_TITLE, field),
  company: (text, field) => checkedName(text, AUTHOR_COMPANY, field),
  companySegment: (text, field) => checkedName(text, AUTHOR_COMPANY_SEGMENT, field),
  industry: (text, field) => checkedName(text, AUTHOR_INDUSTRY, field),
  avatarUrl: checkedAvatarUrl,
  handle: checkedHandle,
};

/** What the input changes: absent members nothing, null clears. */
function changesIn(input: UpdateAuthorInput): Partial<Record<Member, string | null>> {
  const changes: Partial<Record<Member, string | null>> = {};
  for (const member of Object.keys(CHECKS) as Member[]) {
    const value = input[member];
    if (value === undefined) continue;
    changes[member] = value === null ? null : CHECKS[member](value, `input.${member}`);
  }
  return changes;
}

/** As mentions are written: what could not be found after an "@" is no handle. */
function checkedHandle(text: string, field: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= HANDLE_CHARS_MAX) return text;
  throw badInput(
    `A handle is lower-case ASCII letters and digits, in words joined by hyphens: at most ${HANDLE_CHARS_MAX} characters.`,
    field,
  );
}
