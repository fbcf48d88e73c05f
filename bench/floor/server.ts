import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Database } from 'better-sqlite3';
import type { AddCommentInput, Operation, SetVoteInput, Variables } from '../queries.ts';
import { addComment, addedComment } from './add-comment.ts';
import { type Commits, together } from './commits.ts';
import type { ForumFiles } from './files.ts';
import { listPage } from './list-page.ts';
import { countedVotes, setVote } from './set-vote.ts';
import { threadPage } from './thread-page.ts';
import { viewers } from './viewer.ts';

/** The pages that the floor answers: what the same GraphQL operation has as its `data`. */
export function floorReads(db: Database): Record<'threadPage' | 'listPage', (of: Variables) => unknown> {
  return { threadPage: threadPage(db), listPage: listPage(db) };
}

type Answer = (variables: Variables, authorization: string | undefined) => unknown;

/** Everything that it answers; a write's answer is a promise. */
export function floorOperations(
  { reader, writer }: Pick<ForumFiles, 'reader' | 'writer'>,
  commits: Commits = together(writer),
): Record<Operation, Answer> {
  const viewerOf = viewers(reader);
  const add = addComment(writer);
  const vote = setVote(writer);
  return {
    ...floorReads(reader),
    addComment: async ({ input }, authorization) => {
      const viewer = viewerOf(authorization);
      return addedComment(await commits(add(input as AddCommentInput, viewer)), viewer);
    },
    setVote: async ({ input }, authorization) => {
      const viewer = viewerOf(authorization);
      return countedVotes(await commits(() => vote(input as SetVoteInput, viewer)));
    },
  };
}

/**
 * The floor: what this machine does with the same database and the same answers when nothing stands between HTTP and
 * SQL. Takes POST with `{ operation, variables }`, answers `{ data }`.
 */
export function createFloor(answers: Record<Operation, Answer>): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return void response.writeHead(405).end();
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        operation: Operation;
        variables: Variables;
      };
      answer(request, response, body, answers);
    });
  });
}

function answer(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { operation, variables }: { readonly operation: Operation; readonly variables: Variables },
  answers: Record<Operation, Answer>,
): void {
  const data = answers[operation](variables, headers.authorization);
  if (!(data instanceof Promise)) return void send(response, 200, { data });
  data.then(
    (done) => send(response, 200, { data: done }),
    (error: Error) => send(response, 500, { errors: [{ message: error.message }] }),
  );
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
