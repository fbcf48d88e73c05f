import { randomUUID } from 'node:crypto';
import relay from 'relay-runtime';
import { expect } from 'vitest';
import { type Client, commentsOf, losingFirstAnswer, type Stage } from './client.ts';
import comments from './compiled/relay/thread_comments.graphql.ts';
import addComment from './compiled/relay/threadAddCommentMutation.graphql.ts';
import appendComment from './compiled/relay/threadAppendCommentMutation.graphql.ts';
import deleteComment from './compiled/relay/threadDeleteCommentMutation.graphql.ts';
import threadPageQuery from './compiled/relay/threadPageQuery.graphql.ts';
import threadQuery from './compiled/relay/threadQuery.graphql.ts';
import setVote from './compiled/relay/threadSetVoteMutation.graphql.ts';
import type { Data } from './server.ts';

const { ConnectionHandler, Environment, Network, RecordSource, Store, commitMutation, fetchQuery } =
  relay as Data;
const { createOperationDescriptor, getSingularSelector } = relay as Data;
const { getPaginationMetadata, getPaginationVariables } = relay as Data;

/** An environment as Relay's guide has it: a fetch function, a network and a store. */
function open({ server, scene }: Stage, token = scene.token, send = fetch): Data {
  const fetchOperation = async ({ text }: Data, variables: Data) => {
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query: text, variables }),
    };
    const response = await send(server.url, request).catch(() => send(server.url, request));
    return response.json();
  };
  return new Environment({ network: Network.create(fetchOperation), store: new Store(new RecordSource()) });
}

const read = (environment: Data, query: Data, variables: object): Promise<Data> =>
  fetchQuery(environment, query, variables).toPromise();

const mutate = (environment: Data, mutation: Data, variables: Data, more: object = {}): Promise<Data> =>
  new Promise((resolve, reject) => {
    commitMutation(environment, { mutation, variables, onCompleted: resolve, onError: reject, ...more });
  });

const idsOf = ({ edges }: Data) => edges.map(({ node }: Data) => node.id);

/** The fragment of the thread's comments, as a component would see it. */
function commentsIn(environment: Data, discussion: Data): Data {
  return environment.lookup(getSingularSelector(comments, discussion)).data.comments;
}

/** Loads a page more with the query and the variables that `usePaginationFragment` derives from the fragment. */
function loadMore(environment: Data, discussion: Data, direction: 'forward' | 'backward', count: number) {
  const { paginationRequest, paginationMetadata, identifierField } = getPaginationMetadata(
    comments,
    'loadMore',
  );
  const { variables, owner } = getSingularSelector(comments, discussion);
  const { startCursor, endCursor } = commentsIn(environment, discussion).pageInfo;
  const cursor = direction === 'forward' ? endCursor : startCursor;
  const known = { ...owner.variables, ...variables };
  const more = getPaginationVariables(direction, count, cursor, known, {}, paginationMetadata);
  return read(environment, paginationRequest, { ...more, [identifierField]: discussion[identifierField] });
}

/** All values of the query's discussion in the store, without repetitions. */
function watched(environment: Data, variables: object, value: (discussion: Data) => unknown): unknown[] {
  const { fragment } = createOperationDescriptor(threadQuery, variables);
  const snapshot = environment.lookup(fragment);
  const seen = [value(snapshot.data.discussion)];
  environment.subscribe(snapshot, ({ data }: Data) => {
    const now = value(data.discussion);
    if (now !== seen.at(-1)) seen.push(now);
  });
  return seen;
}

export const relayRuntime: Client = {
  name: 'Relay',
  package: 'relay-runtime',
  flows: {
    thread: async (stage) => {
      const environment = open(stage);
      const { slug, discussionId, commentIds } = stage.scene;
      const { discussion } = await read(environment, threadQuery, { slug, first: 10 });
      expect(discussion).toMatchObject({
        id: discussionId,
        commentCount: 5,
        bodyHTML: '<p>Tell me <em>all</em>.</p>',
      });
      expect(idsOf(commentsIn(environment, discussion)).sort()).toEqual([...commentIds].sort());
      // what is in the store can be read again by its id alone
      const { node } = await read(environment, threadPageQuery, { id: discussionId, first: 1 });
      expect(commentsIn(environment, node).edges).toHaveLength(1);
    },
    paging: async (stage) => {
      const through = async (size: object, direction: 'forward' | 'backward', isMore: string) => {
        const environment = open(stage);
        const { discussion } = await read(environment, threadQuery, { slug: stage.scene.slug, ...size });
        const page = () => commentsIn(environment, discussion);
        while (page().pageInfo[isMore]) await loadMore(environment, discussion, direction, 2);
        return idsOf(page());
      };
      const forwards = await through({ first: 2 }, 'forward', 'hasNextPage');
      const backwards = await through({ last: 2 }, 'backward', 'hasPreviousPage');
      expect(forwards).toEqual(backwards);
      expect([...forwards].sort()).toEqual([...stage.scene.commentIds].sort());
    },
    vote: async (stage) => {
      const environment = open(stage);
      const { slug, discussionId: id } = stage.scene;
      await read(environment, threadQuery, { slug, first: 1 });
      const votes = ({ netUpvotes, viewerVote }: Data) => `${netUpvotes} ${viewerVote}`;
      const seen = watched(environment, { slug, first: 1 }, votes);
      const subject = { __typename: 'Discussion', id, netUpvotes: 100, viewerVote: 'UP' };
      const optimisticResponse = { setVote: { subject } };
      await mutate(
        environment,
        setVote,
        { input: { subjectId: id, direction: 'UP' } },
        { optimisticResponse },
      );
      expect(seen).toEqual(['0 NONE', '100 UP', '1 UP']);
    },
    comment: async (stage) => {
      const environment = open(stage);
      const { slug, discussionId } = stage.scene;
      const { discussion } = await read(environment, threadQuery, { slug, first: 10 });
      const seen = watched(environment, { slug, first: 10 }, ({ commentCount }) => commentCount);
      const connections = [ConnectionHandler.getConnectionID(discussionId, 'thread_comments')];
      const input = { discussionId, body: 'And a sixth.' };
      // one appends the edge of the payload, the other makes an edge of its node
      for (const mutation of [addComment, appendComment]) {
        const added = await mutate(environment, mutation, { input, connections });
        const { id } = added.addComment.commentEdge.node;
        const { edges } = commentsIn(environment, discussion);
        expect([edges.length, edges.at(-1).node.id]).toEqual([6, id]);
        await mutate(environment, deleteComment, { input: { commentId: id }, connections });
        expect(idsOf(commentsIn(environment, discussion))).toHaveLength(5);
      }
      expect(seen).toEqual([5, 6, 5, 6, 5]);
    },
    error: async (stage) => {
      const { discussionId } = stage.scene;
      const send = (token: string, body: string) =>
        mutate(open(stage, token), addComment, { input: { discussionId, body }, connections: [] }).then(
          () => [],
          ({ source }) => source.errors.map(({ extensions }: Data) => extensions.code),
        );
      expect(await send('', 'As a guest?')).toEqual(['UNAUTHENTICATED']);
      expect(await send('nonsense', 'As nobody?')).toEqual(['UNAUTHENTICATED']);
      expect(await send(stage.scene.token, ' ')).toEqual(['BAD_USER_INPUT']);
    },
    retry: async (stage) => {
      const before = await commentsOf(stage);
      const { fetch: send, sent } = losingFirstAnswer();
      const { discussionId, token } = stage.scene;
      const input = { discussionId, body: 'Once.', idempotencyKey: randomUUID() };
      const answer = await mutate(open(stage, token, send), addComment, { input, connections: [] });
      expect(answer.addComment.commentEdge.node.bodyHTML).toBe('<p>Once.</p>');
      expect([sent(), await commentsOf(stage)]).toEqual([2, before + 1]);
    },
  },
};
