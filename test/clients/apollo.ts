import { randomUUID } from 'node:crypto';
import * as four from '@apollo/client';
import * as retryFour from '@apollo/client/link/retry';
import * as relayFour from '@apollo/client/utilities';
import * as three from '@apollo/client-3/core/index.js';
import * as retryThree from '@apollo/client-3/link/retry/index.js';
import * as relayThree from '@apollo/client-3/utilities/index.js';
import { parse } from 'graphql';
import { expect } from 'vitest';
import { type Client, commentsOf, losingFirstAnswer, type Stage } from './client.ts';
import { ADD_COMMENT, SET_VOTE, THREAD } from './documents.ts';
import type { Data } from './server.ts';

/** What both versions have, under the types of the newer one. */
interface Apollo {
  readonly core: Pick<typeof four, 'ApolloClient' | 'InMemoryCache' | 'HttpLink'>;
  readonly RetryLink: typeof retryFour.RetryLink;
  readonly relayStylePagination: typeof relayFour.relayStylePagination;
  readonly codesOf: (error: Data) => string[];
}

const [thread, setVote, addComment] = [THREAD, SET_VOTE, ADD_COMMENT].map((text) => parse(text)) as [
  four.DocumentNode,
  four.DocumentNode,
  four.DocumentNode,
];

function open(apollo: Apollo, { server, scene }: Stage, token = scene.token, send = fetch) {
  const { core, RetryLink, relayStylePagination } = apollo;
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  const http = new core.HttpLink({ uri: server.url, headers, fetch: send });
  const typePolicies = { Discussion: { fields: { comments: relayStylePagination(['orderBy']) } } };
  const cache = new core.InMemoryCache({
    possibleTypes: { Votable: ['Discussion', 'Comment'] },
    typePolicies,
  });
  return new core.ApolloClient({ cache, link: new RetryLink({ delay: { initial: 1 } }).concat(http) });
}

const codes = (errors: Data) => (errors ?? []).map((error: Data) => error.extensions.code);

/** The values of a watched query that differ from the value before. */
async function watched(
  query: Data,
  read: (discussion: Data) => unknown,
): Promise<{ seen: unknown[]; stop: () => void }> {
  const seen: unknown[] = [];
  return new Promise((resolve) => {
    const subscription = query.subscribe(({ data }: Data) => {
      const value = data?.discussion ? read(data.discussion) : undefined;
      if (value === undefined || value === seen.at(-1)) return;
      seen.push(value);
      setTimeout(() => resolve({ seen, stop: () => subscription.unsubscribe() }));
    });
  });
}

/** Reads pages into one list until there are no more. */
async function pageThrough(query: Data, more: (pageInfo: Data) => object | null): Promise<string[]> {
  const { stop } = await watched(query, () => 'arrived');
  let page = query.getCurrentResult().data;
  for (let next = more(page.discussion.comments.pageInfo); next !== null; ) {
    page = (await query.fetchMore({ variables: next })).data;
    next = more(page.discussion.comments.pageInfo);
  }
  await new Promise((resolve) => setTimeout(resolve)); // watchers are told a moment later
  const { data } = query.getCurrentResult();
  const ids = data.discussion.comments.edges.map((edge: Data) => edge.node.id);
  stop();
  return ids;
}

function flowsOf(apollo: Apollo): Client['flows'] {
  return {
    thread: async (stage) => {
      const variables = { slug: stage.scene.slug, first: 3 };
      const { data } = await open(apollo, stage).query<Data>({ query: thread, variables });
      expect(data).toEqual(await stage.server.ask(THREAD, variables, stage.scene.token));
    },
    paging: async (stage) => {
      const { slug, commentIds } = stage.scene;
      const oldest = { slug, orderBy: 'OLDEST' };
      const watch = (variables: object) =>
        open(apollo, stage).watchQuery<Data>({ query: thread, variables: { ...oldest, ...variables } });
      const forwards = await pageThrough(watch({ first: 2 }), ({ hasNextPage, endCursor }) =>
        hasNextPage ? { first: 2, after: endCursor } : null,
      );
      expect(forwards).toEqual(commentIds);
      const backwards = await pageThrough(watch({ last: 2 }), ({ hasPreviousPage, startCursor }) =>
        hasPreviousPage ? { last: 2, before: startCursor } : null,
      );
      expect(backwards).toEqual(commentIds);
    },
    vote: async (stage) => {
      const { slug, discussionId } = stage.scene;
      const client = open(apollo, stage);
      const query = client.watchQuery<Data>({ query: thread, variables: { slug, first: 1 } });
      const { seen, stop } = await watched(
        query,
        (discussion) => `${discussion.netUpvotes} ${discussion.viewerVote}`,
      );
      const subject = { __typename: 'Discussion', id: discussionId, netUpvotes: 100, viewerVote: 'UP' };
      await client.mutate<Data>({
        mutation: setVote,
        variables: { input: { subjectId: discussionId, direction: 'UP' } },
        optimisticResponse: { setVote: { __typename: 'SetVotePayload', subject } },
      });
      expect(seen).toEqual(['0 NONE', '100 UP', '1 UP']);
      stop();
    },
    comment: async (stage) => {
      const { slug, discussionId } = stage.scene;
      const client = open(apollo, stage);
      const query = client.watchQuery<Data>({ query: thread, variables: { slug, first: 10 } });
      const { seen, stop } = await watched(
        query,
        ({ comments, commentCount }) => `${comments.edges.length} of ${commentCount}`,
      );
      await client.mutate<Data>({
        mutation: addComment,
        variables: { input: { discussionId, body: 'And a sixth.' } },
        update: (cache: Data, { data }: Data) => {
          const { commentEdge, discussion } = data.addComment;
          cache.modify({
            id: cache.identify(discussion),
            fields: {
              comments: (existing: Data, { toReference }: Data) => {
                const edge = { ...commentEdge, node: toReference(commentEdge.node) };
                return { ...existing, edges: [...existing.edges, edge] };
              },
            },
          });
        },
      });
      expect(seen[0]).toBe('5 of 5');
      expect(seen.at(-1)).toBe('6 of 6');
      stop();
    },
    error: async (stage) => {
      const input = { discussionId: stage.scene.discussionId, body: 'As a guest?' };
      const mutate = (token: string, body: string) =>
        open(apollo, stage, token)
          .mutate({ mutation: addComment, variables: { input: { ...input, body } } })
          .then(() => [], apollo.codesOf);
      expect(await mutate('', 'As a guest?')).toEqual(['UNAUTHENTICATED']);
      // the whole request is refused, with 401
      expect(await mutate('nonsense', 'As nobody?')).toEqual(['UNAUTHENTICATED']);
      expect(await mutate(stage.scene.token, ' ')).toEqual(['BAD_USER_INPUT']);
    },
    retry: async (stage) => {
      const before = await commentsOf(stage);
      const { fetch: send, sent } = losingFirstAnswer();
      const input = {
        ...{ discussionId: stage.scene.discussionId, body: 'Once.' },
        idempotencyKey: randomUUID(),
      };
      const client = open(apollo, stage, stage.scene.token, send);
      const { data } = await client.mutate<Data>({ mutation: addComment, variables: { input } });
      expect(data.addComment.comment.bodyHTML).toBe('<p>Once.</p>');
      expect([sent(), await commentsOf(stage)]).toEqual([2, before + 1]);
    },
  };
}

const codesOfThree = (error: Data) =>
  codes(error.graphQLErrors.length > 0 ? error.graphQLErrors : error.networkError.result.errors);

export const apollo4: Client = {
  name: 'Apollo Client 4',
  package: '@apollo/client',
  flows: flowsOf({
    core: four,
    RetryLink: retryFour.RetryLink,
    relayStylePagination: relayFour.relayStylePagination,
    codesOf: (error) => (four.CombinedGraphQLErrors.is(error) ? codes(error.errors) : [String(error)]),
  }),
};

export const apollo3: Client = {
  name: 'Apollo Client 3',
  package: '@apollo/client-3',
  flows: flowsOf({
    core: three as Data,
    RetryLink: retryThree.RetryLink as Data,
    relayStylePagination: relayThree.relayStylePagination as Data,
    codesOf: codesOfThree,
  }),
};
