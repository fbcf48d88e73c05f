import { type Refusal, rateLimited } from './errors.ts';

/** `points` in every window of `perSeconds`. */
export interface Allowance {
  readonly points: number;
  readonly perSeconds: number;
}

/** What is left of an allowance. */
export interface AllowanceLeft extends Allowance {
  readonly left: number;
  readonly resetsInMs: number;
}

/** The refusal of a request until the window ends. */
export function tooMany(resetsInMs: number): Refusal {
  const seconds = Math.max(1, Math.ceil(resetsInMs / 1000));
  return rateLimited(`Too many requests: try again in ${seconds} s.`, seconds);
}
