// What the tools that write have in common: their dry run and their idempotency key.
import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { ApiFault, argumentOf } from './api.ts';
import { answered, type Problem, problem } from './tool-result.ts';

export const DRY_RUN = z
  .boolean()
  .default(false)
  .describe(
    'Only tells whether it would succeed and what would happen. Writes nothing. Ignores idempotencyKey.',
  );

export const IDEMPOTENCY_KEY = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .describe('A unique key, such as a UUID. A repeat with the same key and arguments writes nothing again.');

/** The fields of a result that say what a dry run found. */
export const verdict = {
  isDryRun: z.boolean().describe('Whether nothing was written.'),
  isAllowed: z.boolean().describe('Of a dry run: whether it would succeed now.'),
  problems: z.array(problem).describe('Of a dry run: why it would fail. Empty if it would succeed.'),
};

/** What a write that succeeded says in these fields. */
export const DONE = { isDryRun: false, isAllowed: true, problems: [] };

/** `Permission` of the API. */
export interface Permission {
  readonly isAllowed: boolean;
  readonly code: string | null;
  readonly message: string | null;
}

/** What the API's previews have in common. */
export interface Preview {
  readonly permission: Permission;
  readonly rateLimit: { readonly remaining: number; readonly resetsAt: string | null } | null;
  readonly problems: readonly Problem[];
}

/**
 * The result of a dry run. `effect` is the sentence for one that would succeed. `known`: problems that the preview does
 * not know.
 */
export function previewed(
  { permission, rateLimit, problems }: Preview,
  effect: string,
  more: Record<string, unknown>,
  known: readonly Problem[] = [],
): CallToolResult {
  const found = problems.map(({ code, field, message }) => ({ code, field: argumentOf(field), message }));
  const all = [...found, ...known];
  if (!permission.isAllowed && !all.some(({ code }) => code === permission.code))
    all.unshift(refusal(permission));
  if (rateLimit?.remaining === 0) {
    const message = `The rate limit is used up${rateLimit.resetsAt === null ? '' : ` until ${rateLimit.resetsAt}`}.`;
    all.push({ code: 'RATE_LIMITED', field: null, message });
  }
  return tried(all, effect, more);
}

/** The result of a dry run for which the API has a permission but no preview. */
export function permitted(
  permission: Permission,
  effect: string,
  more: Record<string, unknown>,
): CallToolResult {
  return tried(permission.isAllowed ? [] : [refusal(permission)], effect, more);
}

/** The problem of a dry run whose argument names nothing. Throws any other error again. */
export function missing(error: unknown): Problem {
  if (!(error instanceof ApiFault) || error.code !== 'NOT_FOUND') throw error;
  return { code: error.code, field: error.field, message: error.message };
}

/** The result of a dry run, with these problems. */
export function tried(
  problems: readonly Problem[],
  effect: string,
  more: Record<string, unknown>,
): CallToolResult {
  const lines = problems.map(
    ({ code, field, message }) => `- ${code}: ${message}${field === null ? '' : ` (argument: ${field})`}`,
  );
  const isAllowed = problems.length === 0;
  const text = isAllowed ? `Dry run: ${effect}` : `Dry run: this would fail.\n${lines.join('\n')}`;
  return answered(text, { isDryRun: true, isAllowed, problems, ...more });
}

function refusal({ code, message }: Permission): Problem {
  return { code: code ?? 'FORBIDDEN', field: null, message: message ?? 'This is not allowed.' };
}
