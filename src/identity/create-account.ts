import type { Context } from '../access/context.ts';
import { conflict } from '../access/errors.ts';
import { enforce } from '../access/verdict.ts';
import { writeSecret } from '../access/write.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  createAuthor,
  HANDLE_CHARS_MAX,
} from '../forum/author/index.ts';
import type { CreateAccountInput } from '../generated/graphql.ts';
import { insertNew } from '../store/index.ts';
import { checkedSlug } from '../text/slug.ts';
import { checkedName, type TextRule } from '../text/text-rules.ts';
import { mayCreateAccount } from './account-rules.ts';
import { beginSession } from './begin-session.ts';
import { checkedEmail } from './email.ts';
import { consumeNewAccount } from './guess-limits.ts';
import { confirmationEmail } from './letters.ts';
import { issueMailToken } from './mail-token.ts';
import { hashPassword } from './password-hash.ts';
import { checkedNewPassword } from './password-rules.ts';

/** What being signed in answers: row ids, and the token that is nowhere else. */
export type SignedIn = { readonly authorId: string; readonly sessionId: string; readonly token: string };

/**
 * Makes an author, their account and a session. An address that is taken is refused in so many words: whoever gives it
 * is to be signed in at once, so that the answer for a free one cannot be the same. Trying out addresses costs a
 * password's hash each, and is bounded by where the requests come from.
 */
export async function createAccount(ctx: Context, input: CreateAccountInput): Promise<SignedIn> {
  // who: anybody
  enforce(mayCreateAccount(ctx.policy));
  // input
  const email = checkedEmail(input.email, 'input.email');
  const password = checkedNewPassword(input.password, email, 'input.password');
  const name = checkedName(input.name, AUTHOR_NAME, 'input.name');
  const title = optional(input.title, AUTHOR_TITLE, 'input.title');
  const company = optional(input.company, AUTHOR_COMPANY, 'input.company');
  const wished =
    input.handle == null ? null : checkedSlug(input.handle, 'A handle', HANDLE_CHARS_MAX, 'input.handle');
  await consumeNewAccount(ctx);
  // load: whether the address is taken makes no difference to the work
  const passwordHash = await hashPassword(password);

  return writeSecret(ctx, 'createAccount', input, async (tx, afterCommit) => {
    const authorId = ctx.newId();
    const createdAt = ctx.now();
    // change
    const author = { id: authorId, role: 'MEMBER', name, title, company, createdAt } as const;
    const handle = await createAuthor(tx, { ...author, handle: wished });
    // rule
    if (wished !== null && handle !== wished) throw conflict('This handle is taken.', 'input.handle');
    const account = { authorId, email, passwordHash, passwordChangedAt: createdAt, createdAt };
    if (!(await insertNew(tx, 'account', account)))
      throw conflict(
        'An account with this e-mail address already exists: sign in, or reset its password.',
        'input.email',
      );
    // after
    const token = await issueMailToken(ctx, tx, 'CONFIRM_EMAIL', account);
    afterCommit((to) => to.mail.send(() => confirmationEmail(to, email, token)));
    return { authorId, ...(await beginSession(ctx, tx, authorId)) };
  });
}

function optional(text: string | null | undefined, rule: TextRule, field: string): string | null {
  return text === null || text === undefined ? null : checkedName(text, rule, field);
}
