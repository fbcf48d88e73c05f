// The tools that change how a text counts: votes and the accepted answer.
import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { amount } from '../text/amount.ts';
import { run, type SendOperation } from './api.ts';
import { DONE, DRY_RUN, IDEMPOTENCY_KEY, verdict } from './dry-run.ts';
import { type Direction, tryMarkAsAnswer, tryVote } from './dry-votes.ts';
import { oneLine } from './one-line.ts';
import { MARK_ANSWER, SET_VOTE } from './operations.ts';
import { answered, answeredOrFailed } from './tool-result.ts';

/** They replace what was set before, and setting it again changes nothing. */
const SETS = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true };

interface Votes {
  readonly id: string;
  readonly viewerVote: Direction;
  readonly netUpvotes: number;
}

const votes = z.object({
  id: z.string(),
  viewerVote: z.enum(['UP', 'DOWN', 'NONE']).describe("The user's vote."),
  netUpvotes: z.number().int().describe('Upvotes minus downvotes.'),
});

const VOTE_INPUT = z.strictObject({
  subjectId: z.string().max(100).describe('The id of a discussion or a comment.'),
  direction: z.enum(['UP', 'DOWN', 'NONE']).describe('The new vote. NONE removes the vote.'),
  dryRun: DRY_RUN,
  idempotencyKey: IDEMPOTENCY_KEY,
});

const VOTE_OUTPUT = z.object({
  ...verdict,
  subject: votes.nullable().describe('What was voted on: as it is, or after a dry run, as it would be.'),
});

/** `vote`. */
export function registerVote(server: McpServer, send: SendOperation): void {
  server.registerTool(
    'vote',
    {
      title: 'Vote',
      description:
        oneLine(`Sets the vote of the user on a discussion or a comment. It replaces their vote before. Needs a
credential. Vote only if the user wants it.`),
      annotations: SETS,
      inputSchema: VOTE_INPUT,
      outputSchema: VOTE_OUTPUT,
    },
    ({ subjectId, direction, dryRun, idempotencyKey }) =>
      answeredOrFailed(async () => {
        if (dryRun) return tryVote(send, subjectId, direction);
        const { setVote } = await run<{ setVote: { subject: Votes | null } }>(send, SET_VOTE, {
          input: { subjectId, direction, ...(idempotencyKey !== undefined && { idempotencyKey }) },
        });
        const { subject } = setVote;
        const text =
          subject === null
            ? 'This was a repeat, and the text has been deleted since.'
            : `The vote is ${subject.viewerVote}; ${subject.id} has ${amount(subject.netUpvotes, 'vote')}.`;
        return answered(text, { ...DONE, subject });
      }),
  );
}

interface MarkedData {
  readonly markCommentAsAnswer: {
    readonly comment: { readonly id: string; readonly url: string; readonly isAnswer: boolean } | null;
    readonly previousAnswer: { readonly id: string } | null;
  };
}

const marked = z.object({ id: z.string(), url: z.string(), isAnswer: z.boolean() });

const MARK_INPUT = z.strictObject({
  commentId: z.string().max(100).describe('The id of the comment.'),
  revision: z
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe('The revision that the user has read. Fails with CONFLICT if the text has changed since.'),
  dryRun: DRY_RUN,
  idempotencyKey: IDEMPOTENCY_KEY,
});

const MARK_OUTPUT = z.object({
  ...verdict,
  comment: marked.nullable().describe('The comment as it is now. Null if there is none.'),
  previousAnswerId: z.string().nullable().describe('The answer that is, or would be, replaced.'),
});

/** `mark_answer`. */
export function registerMark(server: McpServer, send: SendOperation): void {
  server.registerTool(
    'mark_answer',
    {
      title: 'Accept an answer',
      description:
        oneLine(`Accepts a comment as the answer of its discussion. It replaces the answer that was accepted before.
Only for the author of the discussion and moderators. Needs a credential.`),
      annotations: SETS,
      inputSchema: MARK_INPUT,
      outputSchema: MARK_OUTPUT,
    },
    ({ commentId, revision, dryRun, idempotencyKey }) =>
      answeredOrFailed(async () => {
        if (dryRun) return tryMarkAsAnswer(send, commentId, revision);
        const key = idempotencyKey === undefined ? {} : { idempotencyKey };
        const input = { commentId, ...(revision !== undefined && { revision }), ...key };
        const { markCommentAsAnswer } = await run<MarkedData>(send, MARK_ANSWER, { input });
        const { comment, previousAnswer } = markCommentAsAnswer;
        const text =
          comment === null
            ? 'This was a repeat, and the comment has been deleted since.'
            : `Accepted the comment ${comment.id} as the answer: ${comment.url}`;
        return answered(text, { ...DONE, comment, previousAnswerId: previousAnswer?.id ?? null });
      }),
  );
}
