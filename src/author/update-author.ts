import type { UpdateAuthorInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { isUniqueViolation } from '../kit/db/index.ts';
import { conflict } from '../kit/errors.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { checkedSlug } from '../kit/slug.ts';
import { checkedName } from '../kit/text.ts';
import { checkedUrl, PICTURE_URL } from '../kit/url-rule.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_COMPANY_SEGMENT,
  AUTHOR_INDUSTRY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  HANDLE_CHARS_MAX,
} from './author-limits.ts';
import { mayUpdateAuthor } from './author-rules.ts';
import { takeAuthor } from './take-author.ts';
import { type Described, writeDescription } from './write-description.ts';

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
      await writeDescription(tx, authorId, set);
      return { authorId };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('Somebody else has this handle.', 'input.handle');
    throw error;
  }
}

const CHECKS: Readonly<Record<Described, (text: string, field: string) => string>> = {
  name: (text, field) => checkedName(text, AUTHOR_NAME, field),
  title: (text, field) => checkedName(text, AUTHOR_TITLE, field),
  company: (text, field) => checkedName(text, AUTHOR_COMPANY, field),
  companySegment: (text, field) => checkedName(text, AUTHOR_COMPANY_SEGMENT, field),
  industry: (text, field) => checkedName(text, AUTHOR_INDUSTRY, field),
  avatarUrl: (text, field) => checkedUrl(text, PICTURE_URL, field),
  // as mentions are written: what could not be found after an "@" is no handle
  handle: (text, field) => checkedSlug(text, 'A handle', HANDLE_CHARS_MAX, field),
};

/** What the input changes: absent members nothing, null clears. */
function changesIn(input: UpdateAuthorInput): Partial<Record<Described, string | null>> {
  const changes: Partial<Record<Described, string | null>> = {};
  for (const member of Object.keys(CHECKS) as Described[]) {
    const value = input[member];
    if (value === undefined) continue;
    changes[member] = value === null ? null : CHECKS[member](value, `input.${member}`);
  }
  return changes;
}
