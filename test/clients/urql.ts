import { randomUUID } from 'node:crypto';
import { type CombinedError, fetchExchange, type OperationResult, Client as UrqlClient } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { expect } from 'vitest';
import { type Client, commentsOf, losingFirstAnswer, type Stage } from './client.ts';
import { ADD_COMMENT, SET_VOTE, THREAD } from './documents.ts';
import type { Data } from './server.ts';

/** With urql's defaults, which send queries by GET, and its normalized cache. */
function open({ server, scene }: Stage, token = scene.token, send = fetch): UrqlClient {
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  const cache = cacheExchange({
    resolvers: { Discussion: { comments: relayPagination() } },
    optimistic: {
      setVote: ({ input }: Data) => ({
        __typename: 'SetVotePayload',
        subject: { __typename: 'Discussion', id: input.subjectId, netUpvotes: 100, viewerVote: 'UP' },
      }),
    },
    updates: {
      Mutation: {
        addComment: ({ addComment: { comment, commentEdge } }: Data, _args, store) => {
          const variables = { slug: scene.slug, first: 10 };
          store.updateQuery({ query: THREAD, variables }, (data) => {
            const page = (data as Data)?.discussion.comments;
            page?.edges.push({ ...commentEdge, node: comment });
            return data;
          });
        },
      },
    },
  });
  return new UrqlClient({
    url: server.url,
    fetch: send,
    fetchOptions: { headers },
    exchanges: [cache, fetchExchange],
  });
}

const codesOf = ({ error }: { error?: CombinedError | undefined }) =>
  error?.graphQLErrors.map(({ extensions }) => extensions['code']) ?? [];

/** All values of a query that stays subscribed, without repetitions. */
function watched(client: UrqlClient, variables: Data, read: (discussion: Data) => unknown) {
  const seen: unknown[] = [];
  let arrived = () => {};
  const first = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const { unsubscribe } = client.query<Data>(THREAD, variables).subscribe(({ data }) => {
    const value = data?.discussion && read(data.discussion);
    if (value === undefined || value === seen.at(-1)) return;
    seen.push(value);
    setTimeout(arrived);
  });
  return { seen, first, stop: unsubscribe };
}

const mutate = (client: UrqlClient, query: string, input: object): Promise<OperationResult<Data>> =>
  client.mutation<Data>(query, { input }).toPromise();

export const urql: Client = {
  name: 'urql',
  package: '@urql/core',
  flows: {
    thread: async (stage) => {
      const methods: (string | undefined)[] = [];
      const noting: typeof fetch = (url, init) => {
        methods.push(init?.method);
        return fetch(url, init);
      };
      const variables = { slug: stage.scene.slug, first: 3 };
      const { data } = await open(stage, stage.scene.token, noting)
        .query<Data>(THREAD, variables)
        .toPromise();
      expect(data).toEqual(await stage.server.ask(THREAD, variables, stage.scene.token));
      expect(methods).toEqual(['GET']);
    },
    paging: async (stage) => {
      const { slug, commentIds } = stage.scene;
      const through = async (size: object, more: (pageInfo: Data) => object | null) => {
        const client = open(stage);
        let comments: Data;
        for (let next: object | null = size; next !== null; next = more(comments.pageInfo)) {
          const variables = { slug, orderBy: 'OLDEST', ...next };
          ({ comments } = (await client.query<Data>(THREAD, variables).toPromise()).data.discussion);
        }
        return comments.edges.map((edge: Data) => edge.node.id);
      };
      const forwards = await through({ first: 2 }, ({ hasNextPage, endCursor }) =>
        hasNextPage ? { first: 2, after: endCursor } : null,
      );
      expect(forwards).toEqual(commentIds);
      const backwards = await through({ last: 2 }, ({ hasPreviousPage, startCursor }) =>
        hasPreviousPage ? { last: 2, before: startCursor } : null,
      );
      expect(backwards).toEqual(commentIds);
    },
    vote: async (stage) => {
      const client = open(stage);
      const { slug, discussionId: subjectId } = stage.scene;
      const read = ({ netUpvotes, viewerVote }: Data) => `${netUpvotes} ${viewerVote}`;
      const { seen, first, stop } = watched(client, { slug, first: 1 }, read);
      await first;
      await mutate(client, SET_VOTE, { subjectId, direction: 'UP' });
      expect(seen).toEqual(['0 NONE', '100 UP', '1 UP']);
      stop();
    },
    comment: async (stage) => {
      const client = open(stage);
      const { slug, discussionId } = stage.scene;
      const read = ({ comments, commentCount }: Data) => `${comments.edges.length} of ${commentCount}`;
      const { seen, first, stop } = watched(client, { slug, first: 10 }, read);
      await first;
      await mutate(client, ADD_COMMENT, { discussionId, body: 'And a sixth.' });
      expect(seen).toEqual(['5 of 5', '6 of 6']);
      stop();
    },
    error: async (stage) => {
      const { discussionId } = stage.scene;
      const send = async (token: string, body: string) =>
        codesOf(await mutate(open(stage, token), ADD_COMMENT, { discussionId, body }));
      expect(await send('', 'As a guest?')).toEqual(['UNAUTHENTICATED']);
      expect(await send('nonsense', 'As nobody?')).toEqual(['UNAUTHENTICATED']);
      expect(await send(stage.scene.token, ' ')).toEqual(['BAD_USER_INPUT']);
    },
    retry: async (stage) => {
      const before = await commentsOf(stage);
      const { fetch: send, sent } = losingFirstAnswer();
      const { discussionId, token } = stage.scene;
      const input = { discussionId, body: 'Once.', idempotencyKey: randomUUID() };
      const client = open(stage, token, send);
      const lost = await mutate(client, ADD_COMMENT, input);
      expect(lost.error?.networkError?.message).toBe('fetch failed');
      const { data } = await mutate(client, ADD_COMMENT, input);
      expect(data.addComment.comment.bodyHTML).toBe('<p>Once.</p>');
      expect([sent(), await commentsOf(stage)]).toEqual([2, before + 1]);
    },
  },
};
