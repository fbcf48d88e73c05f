import type { Context } from '../access/context.ts';
import { conflict, InputCheck } from '../access/errors.ts';
import { checkIdempotencyKey } from '../access/idempotency.ts';
import { enforce } from '../access/verdict.ts';
import { writeSecret } from '../access/write.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_TITLE,
  checkedAuthorName,
  checkedHandle,
  createAuthor,
  loadAuthorByHandle,
} from '../forum/author/index.ts';
import type { CreateAccountInput } from '../generated/graphql.ts';
import { queueEmail } from '../mail/email-queue.ts';
import { insertNew } from '../store/index.ts';
import { checkedName, type TextRule } from '../text/text-rules.ts';
import { mayCreateAccount } from './account-rules.ts';
import { checkedEmail, checkedNewPassword } from './credential-rules.ts';
import { checkedDeviceId, recordPlace } from './known-places.ts';
import { hashPassword } from './password-hash.ts';
import { consumeNewAccount } from './rate-limits.ts';
import { beginSession, type SignedIn } from './sessions.ts';

/**
 * Creates an author with an account and a session. A taken address is refused openly: a free one signs in at once, so
 * the two answers cannot be the same. Trying out addresses costs a password hash each and is limited by network address.
 */
export async function createAccount(ctx: Context, input: CreateAccountInput): Promise<SignedIn> {
  // who: anyone
  enforce(mayCreateAccount(ctx.policy));
  // input
  const { email, name, title, company, requested, deviceId, password } = await checkedInput(ctx, input);
  await consumeNewAccount(ctx);
  // load: a taken address costs the same work as a free one
  const passwordHash = await hashPassword(ctx, password);

  return writeSecret(ctx, 'createAccount', input, async (tx, afterCommit) => {
    const authorId = ctx.newId();
    const createdAt = ctx.now();
    // change
    const author = { id: authorId, role: 'MEMBER', name, title, company, createdAt } as const;
    const handle = await createAuthor(tx, { ...author, handle: requested });
    // rule
    if (requested !== null && handle !== requested) throw handleTaken();
    const account = { authorId, email, passwordHash, passwordChangedAt: createdAt, createdAt };
    if (!(await insertNew(tx, 'account', account)))
      throw conflict(
        'An account with this e-mail address already exists: sign in, or reset its password.',
        'input.email',
      );
    // after
    await queueEmail(ctx, tx, 'CONFIRM_EMAIL', email);
    afterCommit((to) => to.mail.wake());
    await recordPlace(ctx, tx, authorId, deviceId);
    return beginSession(ctx, tx, authorId);
  });
}

/** The input in the form that is stored. Throws a refusal that lists every member that is invalid. */
async function checkedInput(ctx: Context, input: CreateAccountInput) {
  const check = new InputCheck();
  const email = (await check.attempt(() => checkedEmail(input.email, 'input.email'))) ?? '';
  const name = (await check.attempt(() => checkedAuthorName(input.name, 'input.name'))) ?? '';
  const title = await check.attempt(() => optional(input.jobTitle, AUTHOR_TITLE, 'input.jobTitle'));
  const company = await check.attempt(() => optional(input.company, AUTHOR_COMPANY, 'input.company'));
  const handle = await check.attempt(() =>
    input.handle == null ? null : checkedHandle(input.handle, 'input.handle'),
  );
  const deviceId = (await check.attempt(() => checkedDeviceId(input.deviceId, 'input.deviceId'))) ?? null;
  const password =
    (await check.attempt(() =>
      checkedNewPassword(ctx, input.password, { email, name, handle }, 'input.password'),
    )) ?? '';
  const { idempotencyKey } = input;
  if (idempotencyKey != null) await check.attempt(() => checkIdempotencyKey(idempotencyKey, true));
  // a repeat has its own handle, so the write alone decides whether a valid input is refused
  if (check.hasProblems && handle !== null) await check.attempt(() => refuseTakenHandle(ctx, handle));
  check.refuseInvalid();
  return { email, name, title, company, requested: handle, deviceId, password };
}

/** Profiles show to everyone which handles are taken. Which addresses are, an invalid input must not find out for free. */
async function refuseTakenHandle(ctx: Context, handle: string): Promise<void> {
  if (await loadAuthorByHandle(ctx, handle)) throw handleTaken();
}

const handleTaken = () => conflict('This handle is taken.', 'input.handle');

function optional(text: string | null | undefined, rule: TextRule, field: string): string | null {
  return text === null || text === undefined ? null : checkedName(text, rule, field);
}
