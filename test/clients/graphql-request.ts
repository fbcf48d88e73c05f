import { randomUUID } from 'node:crypto';
import { QueryClient } from '@tanstack/query-core';
import { ClientError, GraphQLClient } from 'graphql-request';
import { expect } from 'vitest';
import { type Client, commentsOf, losingFirstAnswer, type Stage } from './client.ts';
import { ADD_COMMENT, SET_VOTE, THREAD } from './documents.ts';
import type { Data } from './server.ts';

function open({ server, scene }: Stage, token = scene.token, options: object = {}): GraphQLClient {
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  return new GraphQLClient(server.url, { headers, ...options });
}

async function codesOf(sent: Promise<unknown>): Promise<unknown[]> {
  const error = await sent.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(ClientError);
  return (error as ClientError).response.errors?.map(({ extensions }) => extensions['code']) ?? [];
}

const shared: Pick<Client['flows'], 'thread' | 'paging' | 'error'> = {
  thread: async (stage) => {
    const variables = { slug: stage.scene.slug, first: 3 };
    const expected = await stage.server.ask(THREAD, variables, stage.scene.token);
    expect(await open(stage).request(THREAD, variables)).toEqual(expected);
    // by GET too
    expect(await open(stage, stage.scene.token, { method: 'GET' }).request(THREAD, variables)).toEqual(
      expected,
    );
  },
  paging: async (stage) => {
    const { slug, commentIds } = stage.scene;
    const read = async (variables: object) =>
      ((await open(stage).request(THREAD, { slug, orderBy: 'OLDEST', ...variables })) as Data).discussion
        .comments;
    const ids = ({ edges }: Data) => edges.map((edge: Data) => edge.node.id);
    const first = await read({ first: 3 });
    const second = await read({ first: 3, after: first.pageInfo.endCursor });
    expect([...ids(first), ...ids(second)]).toEqual(commentIds);
    const last = await read({ last: 3 });
    const before = await read({ last: 3, before: last.pageInfo.startCursor });
    expect([...ids(before), ...ids(last)]).toEqual(commentIds);
  },
  error: async (stage) => {
    const { discussionId } = stage.scene;
    const send = (token: string, body: string) =>
      codesOf(open(stage, token).request(ADD_COMMENT, { input: { discussionId, body } }));
    expect(await send('', 'As a guest?')).toEqual(['UNAUTHENTICATED']);
    expect(await send('nonsense', 'As nobody?')).toEqual(['UNAUTHENTICATED']);
    expect(await send(stage.scene.token, ' ')).toEqual(['BAD_USER_INPUT']);
  },
};

/** Sends a mutation until it is answered. */
async function retry(stage: Stage, mutate: (send: () => Promise<Data>) => Promise<Data>): Promise<void> {
  const before = await commentsOf(stage);
  const { fetch, sent } = losingFirstAnswer();
  const { discussionId, token } = stage.scene;
  const input = { discussionId, body: 'Once.', idempotencyKey: randomUUID() };
  const data = await mutate(() => open(stage, token, { fetch }).request(ADD_COMMENT, { input }));
  expect(data.addComment.comment.bodyHTML).toBe('<p>Once.</p>');
  expect([sent(), await commentsOf(stage)]).toEqual([2, before + 1]);
}

export const graphqlRequest: Client = {
  name: 'graphql-request',
  package: 'graphql-request',
  flows: {
    ...shared,
    vote: null,
    comment: null,
    retry: (stage) => retry(stage, (send) => send().catch(send)),
  },
};

/** The query client keeps what graphql-request reads: as in front ends that use it with React, Vue or Svelte. */
function cached(stage: Stage): { client: QueryClient; key: readonly unknown[]; read: () => Promise<Data> } {
  const client = new QueryClient();
  const variables = { slug: stage.scene.slug, first: 10 };
  const key = ['thread', variables];
  const queryFn = () => open(stage).request<Data>(THREAD, variables);
  return { client, key, read: () => client.fetchQuery({ queryKey: key, queryFn, staleTime: 1e6 }) };
}

export const tanstackQuery: Client = {
  name: 'TanStack Query with graphql-request',
  package: '@tanstack/query-core',
  flows: {
    ...shared,
    vote: async (stage) => {
      const { client, key, read } = cached(stage);
      await read();
      const seen = [(await read()).discussion.netUpvotes];
      const set = (votes: object) =>
        client.setQueryData(key, ({ discussion }: Data) => ({ discussion: { ...discussion, ...votes } }));
      const { discussionId: subjectId } = stage.scene;
      const mutation = client.getMutationCache().build<Data, Error, void, void>(client, {
        mutationFn: () => open(stage).request(SET_VOTE, { input: { subjectId, direction: 'UP' } }),
        onMutate: () => {
          set({ netUpvotes: 100, viewerVote: 'UP' });
        },
        onSuccess: ({ setVote: { subject } }) => {
          seen.push((client.getQueryData(key) as Data).discussion.netUpvotes);
          set(subject);
        },
      });
      await mutation.execute();
      expect([...seen, (await read()).discussion.netUpvotes]).toEqual([0, 100, 1]);
    },
    comment: async (stage) => {
      const { client, key, read } = cached(stage);
      await read();
      const input = { discussionId: stage.scene.discussionId, body: 'And a sixth.' };
      const { addComment } = await open(stage).request<Data>(ADD_COMMENT, { input });
      client.setQueryData(key, ({ discussion }: Data) => {
        const edges = [...discussion.comments.edges, { node: addComment.comment }];
        return {
          discussion: {
            ...discussion,
            ...addComment.discussion,
            comments: { ...discussion.comments, edges },
          },
        };
      });
      const { discussion } = await read();
      expect([discussion.comments.edges.length, discussion.commentCount]).toEqual([6, 6]);
    },
    retry: (stage) =>
      retry(stage, (send) => {
        const client = new QueryClient();
        const options = { mutationFn: send, retry: 1, retryDelay: 1 };
        return client.getMutationCache().build<Data, Error, void, void>(client, options).execute();
      }),
  },
};
