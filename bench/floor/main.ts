// The floor: what this machine does with the same database and the same answers when nothing stands between HTTP and
// SQL. Takes POST with `{ operation, variables }`, answers `{ data }`.
import { createServer, type ServerResponse } from 'node:http';
import type { AddCommentInput, SetVoteInput } from '../../src/generated/graphql.ts';
import type { Operation, Variables } from '../queries.ts';
import { oneByOne, openFiles, together } from './files.ts';
import { listPage, threadPage } from './pages.ts';
import { addComment, setVote, viewers } from './writes.ts';

const { PORT = '0', FORUM_FILE = '', COMMITS = 'together' } = process.env;
const { reader, writer } = openFiles(FORUM_FILE);
const commits = COMMITS === 'together' ? together(writer) : oneByOne(writer);
const viewerOf = viewers(reader);
const [add, vote] = [addComment(writer), setVote(writer)];

/** What the same GraphQL operations have as their `data`; a write's is a promise. */
const answers: Record<Operation, (variables: Variables, authorization: string | undefined) => unknown> = {
  threadPage: threadPage(reader),
  listPage: listPage(reader),
  addComment: async ({ input }, authorization) => {
    const viewer = viewerOf(authorization);
    return { addComment: await commits(add(input as AddCommentInput, viewer)) };
  },
  setVote: async ({ input }, authorization) => {
    const viewer = viewerOf(authorization);
    return { setVote: { subject: await commits(() => vote(input as SetVoteInput, viewer)) } };
  },
};

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const { operation, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      readonly operation: Operation;
      readonly variables: Variables;
    };
    const data = answers[operation](variables, request.headers.authorization);
    if (!(data instanceof Promise)) return void send(response, 200, { data });
    data.then(
      (done) => send(response, 200, { data: done }),
      (error: Error) => send(response, 500, { errors: [{ message: error.message }] }),
    );
  });
}).listen(Number(PORT), '127.0.0.1');

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
