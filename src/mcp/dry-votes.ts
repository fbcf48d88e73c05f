// The dry runs of votes and accepted answers: the API has no previews for them, but says what the viewer may do.
import type { CallToolResult } from '@modelcontextprotocol/server';
import { amount } from '../text/amount.ts';
import { run, type SendOperation } from './api.ts';
import { missing, type Permission, permitted, tried } from './dry-run.ts';
import { PREVIEW_ANSWER, PREVIEW_VOTE } from './operations.ts';
import type { Problem } from './tool-result.ts';

export type Direction = 'UP' | 'DOWN' | 'NONE';
const WEIGHT: Readonly<Record<Direction, number>> = { UP: 1, NONE: 0, DOWN: -1 };

interface Votable {
  readonly id?: string;
  readonly viewerVote: Direction;
  readonly netUpvotes: number;
  readonly viewerCan: { readonly vote: Permission };
}

/** What a vote would do. */
export async function tryVote(
  send: SendOperation,
  subjectId: string,
  direction: Direction,
): Promise<CallToolResult> {
  const found = await nodeOf<Votable>(send, PREVIEW_VOTE, subjectId, 'subjectId');
  if ('code' in found) return tried([found], '', { subject: null });
  const { id, viewerVote, netUpvotes, viewerCan } = found;
  const net = netUpvotes - WEIGHT[viewerVote] + WEIGHT[direction];
  const isAllowed = viewerCan.vote.isAllowed;
  const subject = isAllowed ? { id, viewerVote: direction, netUpvotes: net } : { id, viewerVote, netUpvotes };
  return permitted(viewerCan.vote, `it would have ${amount(net, 'vote')}.`, { subject });
}

interface Candidate {
  readonly id?: string;
  readonly url: string;
  readonly revision: number;
  readonly isAnswer: boolean;
  readonly viewerCan: { readonly markAsAnswer: Permission };
  readonly discussion: { readonly answer: { readonly id: string } | null };
}

/** What accepting a comment as the answer would do. */
export async function tryMarkAsAnswer(
  send: SendOperation,
  commentId: string,
  revision: number | undefined,
): Promise<CallToolResult> {
  const found = await nodeOf<Candidate>(send, PREVIEW_ANSWER, commentId, 'commentId');
  if ('code' in found) return tried([found], '', { comment: null, previousAnswerId: null });
  const { id, url, isAnswer, viewerCan, discussion } = found;
  const previous = discussion.answer?.id ?? null;
  const isOld = revision !== undefined && revision !== found.revision;
  const conflict = { isAllowed: false, code: 'CONFLICT', message: 'The comment has been edited since.' };
  const permission = viewerCan.markAsAnswer.isAllowed && isOld ? conflict : viewerCan.markAsAnswer;
  return permitted(permission, 'the comment would be the answer.', {
    comment: { id, url, isAnswer },
    previousAnswerId: previous === id ? null : previous,
  });
}

/** The object with an id, or the problem that there is none of its kind. */
async function nodeOf<Node extends { readonly id?: string }>(
  send: SendOperation,
  query: string,
  id: string,
  field: string,
): Promise<Node | Problem> {
  try {
    const { node } = await run<{ node: Node }>(send, query, { id }, { node: field });
    // as the API says it of an id of nothing
    return node.id === undefined
      ? { code: 'NOT_FOUND', field, message: `No object has the id "${id}".` }
      : node;
  } catch (error) {
    return missing(error);
  }
}
