// A forum in which every connection of the contract has many nodes.
import { globalId } from '../../src/graphql/global-id.ts';
import { type Engine, statement } from '../../src/store/index.ts';
import { newcomer, PASSWORD } from '../api/identity/account-rows.ts';
import { type CommentDraft, threadDocument } from './documents.ts';
import { type Forum, openForum } from './forum.ts';

/** The slug of the discussion that has many comments with replies, many replies to the first of them, many revisions and many duplicates. */
export const BUSY_DISCUSSION = 'what-has-many-ties';
/** The slug of the discussion into which many were merged, and from which many were split off. */
export const MERGED_DISCUSSION = 'what-was-merged';
/** Stands in queries for the global id of the author of many discussions and comments. */
export const BUSY_AUTHOR = 'BUSY_AUTHOR';

export interface ConnectedForum {
  readonly forum: Forum;
  /** Somebody who is signed in and has voted. */
  readonly member: string;
  /** The owner of many sessions, keys, bookmarks and drafts. */
  readonly account: string;
  readonly moderator: string;
  readonly busyAuthorId: string;
}

/** Full of ties: same times, same votes. */
const tied = (n: number): CommentDraft => ({
  body: `Remark ${n}`,
  postedAt: n % 2 ? '1 day' : '2 days',
  net: [2, 0, -1, 2][n % 4] ?? 0,
  more: [`Author id: person-${n}`],
});

/** The documents of a forum in which every connection has `count` nodes or more. */
function documents(count: number) {
  const many = <T>(make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
  const busy = {
    title: 'What has many ties?',
    postedAt: '9 days',
    ...{ product: 'Shared Product', category: 'Category of its own' },
    comments: [
      { body: 'The first remark', postedAt: '5 days', more: ['Author id: busy'] },
      ...many(tied),
      ...many((n) => ({ ...tied(n), more: [`Reply to: Comment ${n + 2}`, `Author id: person-${n}`] })),
      ...many((n) => ({ ...tied(n), postedAt: '1 day', more: ['Reply to: Comment 1', 'Author id: busy'] })),
    ],
    related: many((n) => ({ title: `How is it in town ${n}?`, url: `https://example.com/to-${n}` })),
  };
  /** Alike in all that a page shows of them, so that pages of ten and of twenty lead to the same kinds of rows. */
  const thread = (n: number, place: { product: string; category: string }, title: string) => ({
    title,
    ...place,
    more: ['Author id: busy', 'Author name: Busy', `Tags: Shared tag, tag ${n}`, `Pinned: Reason ${n}`],
    comments: [
      {
        body: `First in ${n}`,
        more: [`Author id: person-${n}`, `Author name: Person ${n}`, 'Accepted answer: yes'],
      },
      { body: `Reply in ${n}`, more: ['Reply to: Comment 1', `Author id: person-${(n + 1) % count}`] },
    ],
    related: [{ title: `How is it in town ${(n + 1) % count}?`, url: `https://example.com/${n}` }],
  });
  const shared = { product: 'Shared Product', category: 'Shared Category' };
  return [
    ...many((n) => thread(n, shared, `How is it in town ${n}?`)),
    ...many((n) =>
      thread(n, { product: `Product ${n}`, category: `Category ${n}` }, `Who sells in town ${n}?`),
    ),
    busy,
  ];
}

const authorByName = statement<{ id: string }>('test.authorByName', 'SELECT id FROM author WHERE name = ?');

/** A forum of the threads of a connected forum, and nothing else. */
export async function openThreads(engine: Engine, count = 21): Promise<Forum> {
  const forum = await openForum(engine, 'empty');
  for (const thread of documents(count)) await forum.load(threadDocument(thread));
  return forum;
}

/** `count`: how many nodes every connection has at least. By default more than the page of 20 that statements are counted for. */
export async function openConnectedForum(engine: Engine, count = 21): Promise<ConnectedForum> {
  const forum = await openThreads(engine, count);
  const numbers = Array.from({ length: count }, (_, n) => n);
  const { data } = await forum.ask(
    `{ discussion(slug: "${BUSY_DISCUSSION}") { id comments(first: 1, orderBy: OLDEST) { nodes { id } } } }`,
  );
  const { id: discussionId } = data.discussion;
  const commentId = data.discussion.comments.nodes[0].id;
  const moderator = forum.as('mod');
  for (const n of numbers) {
    await moderator.do('updateDiscussion', { discussionId, body: `Revision ${n}` }, 'discussion { id }');
    await moderator.do('updateComment', { commentId, body: `Revision ${n}` }, 'comment { id }');
  }
  await moderator.do('redactDiscussionRevision', { discussionId, revision: 1 }, 'clientMutationId');
  const { data: sold } = await forum.ask(
    `{ discussions(first: 100, orderBy: NEWEST) { nodes { id slug } } }`,
  );
  for (const { id, slug } of sold.discussions.nodes)
    if (slug.startsWith('who-sells'))
      await moderator.do(
        'markDuplicate',
        { discussionId: id, originalId: discussionId },
        'discussion { id }',
      );
  const member = forum.as('ada');
  await member.do('setVote', { subjectId: commentId, direction: 'UP' }, 'subject { id }');
  for (const n of numbers) await forum.as(`Many People ${n}`).token();
  const owner = await newcomer(forum);
  for (const n of numbers) {
    await forum.do('signIn', { email: owner.email, password: PASSWORD }, 'session { id }');
    await forum.do('createApiKey', { name: `Key ${n}`, scopes: ['WRITE'] }, 'apiKey { id }', owner.token);
  }
  for (const n of numbers) {
    const made = await forum.do(
      'createDiscussion',
      { title: `Gone ${n}`, body: 'Gone.' },
      'discussion { id }',
      owner.token,
    );
    const { id } = made.data.createDiscussion.discussion;
    await forum.do('deleteDiscussion', { discussionId: id }, 'clientMutationId', owner.token);
    const said = await forum.do(
      'addComment',
      { discussionId, body: `Gone ${n}` },
      'comment { id }',
      owner.token,
    );
    await forum.do(
      'deleteComment',
      { commentId: said.data.addComment.comment.id },
      'clientMutationId',
      owner.token,
    );
  }
  await mergeAndSplit(forum, count);
  const { data: town } = await forum.ask(
    `{ discussions(first: ${count}, filter: { categorySlug: "shared-category" }) { nodes {
      id comments(first: 1) { nodes { id } } category { id } product { id } tags { slug } } } }`,
  );
  for (const { id } of town.discussions.nodes)
    await forum.do('addBookmark', { discussionId: id }, 'discussion { id }', owner.token);
  await addDrafts(forum, owner.token, town.discussions.nodes);
  const [author] = await forum.db.read.all(authorByName, ['Busy']);
  return {
    forum,
    member: await member.token(),
    account: owner.token,
    moderator: await moderator.token(),
    busyAuthorId: globalId('Author', author?.id ?? ''),
  };
}

interface Town {
  readonly id: string;
  readonly comments: { readonly nodes: readonly { readonly id: string }[] };
  readonly category: { readonly id: string };
  readonly product: { readonly id: string };
  readonly tags: readonly { readonly slug: string }[];
}

/** Saves a draft for each discussion, in turn of a comment, of a reply and of an edit. */
async function addDrafts(forum: Forum, token: string, towns: readonly Town[]): Promise<void> {
  for (const [n, { id, comments, category, product, tags }] of towns.entries()) {
    const refs = { categoryId: category.id, productId: product.id, tagSlugs: tags.map(({ slug }) => slug) };
    const places = [
      { discussionId: id },
      { replyToId: comments.nodes[0]?.id },
      { editedId: id, title: `Town ${n}`, ...refs },
    ];
    await forum.do('saveDraft', { ...places[n % 3], body: `Draft ${n}` }, 'draftEdge { cursor }', token);
  }
}

/** Merges `count` discussions into one, and splits as many off it. */
async function mergeAndSplit(forum: Forum, count: number): Promise<void> {
  const moderator = forum.as('mod');
  const ask = async (title: string): Promise<string> => {
    const made = await moderator.do('createDiscussion', { title, body: title }, 'discussion { id }');
    return made.data.createDiscussion.discussion.id;
  };
  const destinationId = await ask('What was merged?');
  for (let n = 0; n < count; n++) {
    const sourceId = await ask(`What is merged as number ${n}?`);
    await moderator.do('mergeDiscussions', { sourceId, destinationId }, 'clientMutationId');
    const comment = { discussionId: destinationId, body: `What is split off as number ${n}?` };
    const said = await moderator.do('addComment', comment, 'comment { id }');
    const commentIds = [said.data.addComment.comment.id];
    await moderator.do('splitDiscussion', { commentIds, title: `Part ${n}` }, 'clientMutationId');
  }
}
