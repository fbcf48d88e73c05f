// Rate limits for sign-in, sign-up and e-mails, by IP address and by account.
import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import type { Allowance } from '../access/limiter.ts';
import type { KnownPlace } from './known-places.ts';
import { hashOf } from './token.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Wrong passwords for one account from one address. People who have forgotten theirs try fewer. */
const GUESSES_OF_BOTH: Allowance = { points: 10, perSeconds: 15 * MINUTE };
/** Wrong passwords for one account from one of its devices, wherever it is. */
const GUESSES_OF_DEVICE: Allowance = { points: 10, perSeconds: 15 * MINUTE };
/**
 * Wrong passwords for one account from addresses that are new to it. NIST SP 800-63B allows 100. Ten guesses by a stranger
 * don't lock the owner out.
 */
const GUESSES_AT_ACCOUNT: Allowance = { points: 100, perSeconds: HOUR };
/** Wrong passwords for any account from one address, which the people in an office share. */
const GUESSES_OF_ADDRESS: Allowance = { points: 50, perSeconds: 15 * MINUTE };

/** New accounts: enough for a class that registers in one lesson, too few to try out addresses. */
const ACCOUNTS_OF_ADDRESS: Allowance = { points: 20, perSeconds: HOUR };
/** E-mails to one person. More would annoy them. */
const EMAILS_TO_PERSON: Allowance = { points: 5, perSeconds: HOUR };
const EMAILS_OF_ADDRESS: Allowance = { points: 30, perSeconds: HOUR };
/** Tokens from e-mails cannot be guessed. This limits the hashing that a made-up token costs. */
const TOKENS_OF_ADDRESS: Allowance = { points: 30, perSeconds: HOUR };

/**
 * Counts one attempt at an account's password before it is checked. Call the result to refund a right one. At a known
 * address or device (see known-places.ts), what others guess from elsewhere does not count: its own ten are the limit.
 */
export async function consumePasswordGuess(
  ctx: Context,
  email: string,
  { isAddress, device }: KnownPlace,
): Promise<() => Promise<void>> {
  // hashed, so that the limiter's store is no list of e-mail addresses
  const account = hashOf(email);
  const counted: (readonly [what: string, key: string, allowance: Allowance])[] =
    device !== null
      ? [['guess.device', device, GUESSES_OF_DEVICE]]
      : [
          ['guess.both', `${account} ${addressBlock(ctx.address)}`, GUESSES_OF_BOTH],
          ['guess.address', addressBlock(ctx.address), GUESSES_OF_ADDRESS],
        ];
  if (device === null && !isAddress) counted.push(['guess.account', account, GUESSES_AT_ACCOUNT]);
  for (const [what, key, allowance] of counted) await ctx.limiter.consume(what, key, allowance);
  return async () => {
    for (const [what, key, allowance] of counted) await ctx.limiter.refund(what, key, allowance);
  };
}

/** Counts a new account. */
export async function consumeNewAccount(ctx: Context): Promise<void> {
  await ctx.limiter.consume('account', addressBlock(ctx.address), ACCOUNTS_OF_ADDRESS);
}

/** Counts a requested e-mail, whether the address has an account or not. */
export async function consumeEmailAllowance(ctx: Context, email: string): Promise<void> {
  await ctx.limiter.consume('email.address', addressBlock(ctx.address), EMAILS_OF_ADDRESS);
  await ctx.limiter.consume('email.person', hashOf(email), EMAILS_TO_PERSON);
}

/** Counts the use of a token from an e-mail. */
export async function consumeTokenUse(ctx: Context): Promise<void> {
  await ctx.limiter.consume('token', addressBlock(ctx.address), TOKENS_OF_ADDRESS);
}
