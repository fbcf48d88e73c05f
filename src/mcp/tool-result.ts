import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { ApiFault } from './api.ts';

/** What every tool may answer in the place of its own fields. */
export const problem = z.object({
  code: z.string().describe("The forum's error code, such as FORBIDDEN."),
  field: z.string().nullable().describe('The argument at fault, if it is a single one.'),
  message: z.string().describe('The reason, as a sentence.'),
});

/** The author of a text. Imported authors may have neither name nor handle. */
export const author = z.object({ name: z.string().nullable(), handle: z.string().nullable() }).nullable();

export type Author = z.infer<typeof author>;

/** Strangers write what such a tool shows: a client should not let it steer the model unseen (`openWorldHint`). */
export const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: true,
};

export type Problem = z.infer<typeof problem>;

/** A result as text for models, and as data for programs. */
export function answered(text: string, structuredContent: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text }], structuredContent };
}

/** Where a failed result has the API's error as data. */
const ERROR_META = 'parley/error';

/** Runs a tool. Errors of the API become results with `isError`, so that a model can read them and react. */
export async function answeredOrFailed(work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    const { code, message, field, retryAfter } = error;
    const more = [
      ...(field === null ? [] : [`argument: ${field}`]),
      ...(retryAfter === null ? [] : [`try again after ${retryAfter} s`]),
    ];
    const text = `${code}: ${message}${more.length > 0 ? ` (${more.join('; ')})` : ''}`;
    // not as structured content: clients of 2025 validate that against the schema of a success
    const _meta = { [ERROR_META]: { code, field, message, retryAfter } };
    return { isError: true, content: [{ type: 'text', text }], _meta };
  }
}

/** The name of an author in a line of text. */
export function nameOf(by: Author): string {
  return by?.name ?? 'an unnamed author';
}
