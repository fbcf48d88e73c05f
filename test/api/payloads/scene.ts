import type { Answer, Forum } from '../../support/forum.ts';
import { openFixture } from '../comment/fixture.ts';
import { newcomer, PASSWORD } from '../identity/account-rows.ts';

/** A thread with a bit of everything, somebody's account, and the ids of all that a client may have in its cache. */
export interface Scene {
  readonly discussionId: string;
  readonly otherDiscussionId: string;
  readonly thirdDiscussionId: string;
  readonly categoryId: string;
  readonly productId: string;
  readonly tag: { readonly id: string; readonly slug: string };
  /** A top-level comment of ben's, cleo's reply to it, ben's reply to that, and another top-level comment of cleo's. */
  readonly comments: {
    readonly top: string;
    readonly reply: string;
    readonly deep: string;
    readonly other: string;
  };
  /** An author with an account, their sessions, the first of which is the viewer's, and their API key. */
  readonly account: {
    readonly email: string;
    readonly token: string;
    readonly authorId: string;
    readonly sessionIds: readonly string[];
    readonly apiKeyId: string;
    /** Replies as the vendor of the product, and answers the comment's id. */
    say(body: string, replyToId: string): Promise<string>;
  };
  /** Entries of the catalog that nothing refers to. */
  readonly unused: Readonly<Record<'Product' | 'Category' | 'Tag', string>>;
  readonly ids: string[];
  /** Has an e-mail sent to the account, and answers the token in it. */
  tokenFrom(mutation: string, input: object): Promise<string>;
  do(who: string, mutation: string, input: object, selection?: string): Promise<Answer>;
}

let scenes = 0;

/** Sets up a scene of its own. `known`: an account for it. If omitted, it gets a new one. */
export async function openScene(forum: Forum, known?: Scene['account']): Promise<Scene> {
  const number = ++scenes;
  const { discussionId, categoryId, say, do: act } = await openFixture(forum);
  const send: Scene['do'] = async (who, mutation, input, selection) => {
    const answer = await act(who, mutation, { ...input }, selection);
    if (answer.errors) throw new Error(`${mutation}: ${JSON.stringify(answer.errors)}`);
    return answer;
  };
  const top = await say('ben', 'Top');
  const reply = await say('cleo', 'Reply', top);
  const deep = await say('ben', 'Deep', reply);
  const other = await say('cleo', 'Other');
  for (const body of ['Secret', 'Better']) {
    await send('ben', 'updateComment', { commentId: top, body });
    await send('ada', 'updateDiscussion', { discussionId, body });
  }
  await send('ada', 'markCommentAsAnswer', { commentId: other });
  const made = await forum.as('mod').do('createTag', { name: `Tag ${number}` }, 'tag { id slug }');
  const asked = await forum
    .as('cleo')
    .do('createDiscussion', { title: `Other ${number}`, body: 'Other' }, 'discussion { id }');
  const otherDiscussionId: string = asked.data.createDiscussion.discussion.id;
  const third = await forum
    .as('cleo')
    .do('createDiscussion', { title: `Third ${number}`, body: 'Third' }, 'discussion { id }');
  const thirdDiscussionId: string = third.data.createDiscussion.discussion.id;
  const { data } = await forum.ask(
    `query ($id: ID!, $top: ID!) {
      discussion(id: $id) { product { id } revisions { nodes { id } } }
      node(id: $top) { ... on Comment { revisions { nodes { id } } } } }`,
    { id: discussionId, top },
  );
  const { product, revisions } = data.discussion;
  const people = await Promise.all(['ada', 'ben', 'cleo', 'vic'].map((name) => forum.as(name).id()));
  const account = known ?? (await openAccount(forum, discussionId));
  const unused = { Product: '', Category: '', Tag: '' };
  for (const type of ['Product', 'Category', 'Tag'] as const) {
    const kind = type.toLowerCase();
    const added = await forum.as('mod').do(`create${type}`, { name: `Unused ${number}` }, `${kind} { id }`);
    unused[type] = added.data[`create${type}`][kind].id;
  }
  const { tag } = made.data.createTag;
  const ids = [
    ...[discussionId, otherDiscussionId, thirdDiscussionId],
    ...[categoryId, product.id, tag.id, top, reply, deep, other, ...people],
    ...[...revisions.nodes, ...data.node.revisions.nodes].map(({ id }: { id: string }) => id),
    ...Object.values(unused),
    ...[account.authorId, account.apiKeyId, ...account.sessionIds],
  ];
  const comments = { top, reply, deep, other };
  const tokenFrom: Scene['tokenFrom'] = async (mutation, input) => {
    await forum.do(mutation, { ...input }, 'clientMutationId', account.token);
    return (await forum.emails()).filter(({ to }) => to === account.email).at(-1)?.token ?? '';
  };
  return {
    ...{ discussionId, otherDiscussionId, thirdDiscussionId },
    ...{ categoryId, productId: product.id, tag, unused },
    ...{ comments, account, ids, do: send, tokenFrom },
  };
}

async function openAccount(forum: Forum, discussionId: string): Promise<Scene['account']> {
  const { email, token } = await newcomer(forum);
  const again = await forum.do('signIn', { email, password: PASSWORD }, 'session { id }');
  const key = await forum.do('createApiKey', { name: 'A key', scopes: ['READ'] }, 'apiKey { id }', token);
  const { data } = await forum.askWith(
    token,
    '{ viewer { author { id } sessions { nodes { id isCurrent } } } }',
  );
  const own = data.viewer.sessions.nodes.find((session: { isCurrent: boolean }) => session.isCurrent);
  return {
    ...{ email, token, authorId: data.viewer.author.id, apiKeyId: key.data.createApiKey.apiKey.id },
    sessionIds: [own.id, again.data.signIn.session.id],
    say: async (body, replyToId) => {
      const input = { discussionId, replyToId, body, isOfficial: true };
      const said = await forum.do('addComment', input, 'comment { id }', token);
      return said.data.addComment.comment.id;
    },
  };
}
