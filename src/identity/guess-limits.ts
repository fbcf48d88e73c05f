import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import type { Allowance } from '../access/limiter.ts';
import { hashOf } from './token.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Wrong passwords for one account from one address: who has forgotten theirs tries fewer. */
const GUESSES_OF_BOTH: Allowance = { points: 10, perSeconds: 15 * MINUTE };
/** From anywhere: NIST SP 800-63B allows 100 in a row. An owner is not locked out by one stranger's ten. */
const GUESSES_AT_ACCOUNT: Allowance = { points: 100, perSeconds: HOUR };
/** For any account: an office of many people shares one address. */
const GUESSES_OF_ADDRESS: Allowance = { points: 50, perSeconds: 15 * MINUTE };

/** New accounts: a class registers within a lesson, and a program that tries out addresses gets nowhere. */
const ACCOUNTS_OF_ADDRESS: Allowance = { points: 20, perSeconds: HOUR };
/** Letters to one person: more would be a way to annoy them. */
const LETTERS_TO_EMAIL: Allowance = { points: 5, perSeconds: HOUR };
const LETTERS_OF_ADDRESS: Allowance = { points: 30, perSeconds: HOUR };
/** Tokens from letters cannot be guessed; this bounds the hashing that a made-up one costs. */
const TOKENS_OF_ADDRESS: Allowance = { points: 30, perSeconds: HOUR };

/** Counts one try at an account's password before it is looked at; answers how to take it back where it was right. */
export async function consumePasswordGuess(ctx: Context, email: string): Promise<() => Promise<void>> {
  // a store of limits needs no list of addresses
  const account = hashOf(email);
  const counted = [
    ['guess.both', `${account} ${addressBlock(ctx.address)}`, GUESSES_OF_BOTH],
    ['guess.account', account, GUESSES_AT_ACCOUNT],
    ['guess.address', addressBlock(ctx.address), GUESSES_OF_ADDRESS],
  ] as const;
  for (const [what, key, allowance] of counted) await ctx.limiter.take(what, key, allowance);
  return async () => {
    for (const [what, key, allowance] of counted) await ctx.limiter.giveBack(what, key, allowance);
  };
}

/** Counts a new account. */
export async function consumeNewAccount(ctx: Context): Promise<void> {
  await ctx.limiter.take('account', addressBlock(ctx.address), ACCOUNTS_OF_ADDRESS);
}

/** Counts a letter that somebody asks for, whether there is an account to write to or not. */
export async function consumeEmailAllowance(ctx: Context, email: string): Promise<void> {
  await ctx.limiter.take('letter.address', addressBlock(ctx.address), LETTERS_OF_ADDRESS);
  await ctx.limiter.take('letter.email', hashOf(email), LETTERS_TO_EMAIL);
}

/** Counts the use of a token from a letter. */
export async function consumeTokenUse(ctx: Context): Promise<void> {
  await ctx.limiter.take('token', addressBlock(ctx.address), TOKENS_OF_ADDRESS);
}
