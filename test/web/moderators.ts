import { send } from '../support/app.ts';
import { mutationOf } from '../support/send.ts';
import type { Account, Forum } from './forum.ts';

/** Where a mutation is sent to. */
type Target = Pick<Forum, 'app'>;

/** Sends a mutation and returns its payload. */
export async function act(
  forum: Target,
  key: string,
  mutation: string,
  input: object,
  selection = 'clientMutationId',
) {
  const { body } = await send(forum.app, mutationOf(mutation, selection), { key, variables: { input } });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data[mutation];
}

export interface Made {
  readonly id: string;
  readonly slug: string;
  readonly path: string;
}

/** Starts a discussion. */
export async function ask(forum: Target, key: string, title: string, more: object = {}): Promise<Made> {
  const input = { title, body: `About: ${title}`, ...more };
  const { discussion } = await act(forum, key, 'createDiscussion', input, 'discussion { id slug }');
  return { ...discussion, path: `/discussions/${discussion.slug}` };
}

/** Writes a comment and returns its id. */
export async function say(
  forum: Target,
  key: string,
  discussionId: string,
  body: string,
  replyToId?: string,
) {
  const input = { discussionId, body, ...(replyToId && { replyToId }) };
  return (await act(forum, key, 'addComment', input, 'comment { id }')).comment.id as string;
}

/** A new moderator of all categories, or of these categories. */
export async function moderator(
  forum: Forum,
  name: string,
  categoryIds?: readonly string[],
): Promise<Account> {
  const account = await forum.account(name);
  const input = { authorId: account.authorId, role: 'MODERATOR', ...(categoryIds && { categoryIds }) };
  await act(forum, await forum.admin(), 'setAuthorRole', input);
  return account;
}

/** A new category. */
export async function category(forum: Forum, name: string): Promise<string> {
  const { category } = await act(forum, await forum.admin(), 'createCategory', { name }, 'category { id }');
  return category.id;
}
