import { decodeHTMLStrict } from 'entities';
import type { Place, SourceItem, SourceKind } from '../record-source.ts';
import { RECORDS_VERSION } from '../records.ts';
import { type Json, jsonValues, listOf, numberOf, objectOf, textOf } from './json-values.ts';
import { filesAt, omittedAt, recordAt, sourceOf, timeOfSeconds } from './reading.ts';

const SITE = 'https://www.reddit.com';

/** The JSON of threads: a listing of the post and one of its comments, as an address that ends with ".json" answers. */
export const reddit: SourceKind = {
  description: "the JSON of Reddit's threads",
  open: async (path) => {
    const { files, bytes } = await filesAt(path, '.json');
    return sourceOf(bytes, async function* (onBytes) {
      yield recordAt({ file: files[0] ?? path }, { type: 'forum', version: RECORDS_VERSION });
      for (const file of files)
        for await (const { value, line } of jsonValues(file, onBytes))
          yield* thingsOf(value, null, { file, line });
    });
  },
};

/** The posts and comments of a listing or of one thing. */
function* thingsOf(value: unknown, replyTo: string | null, at: Place): Generator<SourceItem> {
  const { kind, data } = objectOf(value);
  const of = objectOf(data);
  if (kind === 'Listing') for (const child of listOf(of['children'])) yield* thingsOf(child, replyTo, at);
  else if (kind === 't3') yield* postOf(of, at);
  else if (kind === 't1') yield* commentOf(of, replyTo, at);
  else if (kind === 'more')
    yield omittedAt(
      at,
      'comments that the export does not hold',
      `${numberOf(of['count']) ?? 'Some'} are behind "load more".`,
    );
  else yield omittedAt(at, 'objects that are no thread');
}

function* postOf(post: Json, { file, line }: Place): Generator<SourceItem> {
  const at = { file, line, element: `post ${post['id']}` };
  const createdAt = timeOfSeconds(post['created_utc']);
  const id = textOf(post['id']);
  const title = plain(post['title']);
  if (createdAt === null || id === null || title === null)
    return yield omittedAt(at, 'posts without an id, a title or a time');
  const isRemoved = isGone(post['selftext']) || textOf(post['removed_by_category']) !== null;
  if (isRemoved) yield omittedAt(at, 'texts of removed posts', 'The thread is kept.');
  const linked = post['is_self'] === false ? textOf(post['url']) : null;
  const text = isRemoved ? null : plain(post['selftext']);
  const tags = [plain(post['link_flair_text'])].flatMap((flair) => flair ?? []);
  for (const tag of tags) yield recordAt(at, { type: 'tag', key: `reddit:flair:${tag}`, name: tag });
  const category = textOf(post['subreddit']);
  if (category) yield recordAt(at, { type: 'category', key: `reddit:subreddit:${category}`, name: category });
  const edited = timeOfSeconds(post['edited']);
  yield recordAt(at, {
    ...{ type: 'discussion', key: `reddit:post:${id}`, title, createdAt },
    // a post may be its title and a link, or only its title
    body: [text, linked].filter((part) => part !== null).join('\n\n') || (isRemoved ? '*Removed.*' : title),
    author: isRemoved ? null : yield* authorOf(post, at),
    category: category && `reddit:subreddit:${category}`,
    tags: tags.map((tag) => `reddit:flair:${tag}`),
    ...{ importedNetVotes: numberOf(post['score']) ?? 0, lastEditedAt: edited },
    oldUrls: textOf(post['permalink']) ? [`${SITE}${post['permalink']}`] : [],
    ...(post['locked'] === true && { lock: { at: edited ?? createdAt } }),
  });
}

function* commentOf(comment: Json, replyTo: string | null, { file, line }: Place): Generator<SourceItem> {
  const id = textOf(comment['id']);
  const at = { file, line, element: `comment ${id ?? '?'}` };
  const createdAt = timeOfSeconds(comment['created_utc']);
  const post = /^t3_(\w+)$/.exec(String(comment['link_id']))?.[1];
  if (createdAt === null || id === null || post === undefined)
    return yield omittedAt(at, 'comments without an id, a thread or a time');
  const key = `reddit:comment:${id}`;
  const body = plain(comment['body']);
  const isDeleted = body === null || isGone(comment['body']);
  const replies = objectOf(comment['replies']);
  const children = listOf(objectOf(replies['data'])['children']);
  if (isDeleted) yield omittedAt(at, 'deleted or removed comments');
  if (isDeleted && children.length === 0) return;
  yield recordAt(at, {
    ...{ type: 'comment', key, discussion: `reddit:post:${post}`, createdAt },
    replyTo: replyTo ?? parentOf(comment),
    ...(isDeleted
      ? { body: '', deletedAt: createdAt }
      : { body, author: yield* authorOf(comment, at), importedNetVotes: numberOf(comment['score']) ?? 0 }),
    lastEditedAt: isDeleted ? null : timeOfSeconds(comment['edited']),
  });
  for (const child of children) yield* thingsOf(child, key, at);
}

function parentOf(comment: Json): string | null {
  const parent = /^t1_(\w+)$/.exec(String(comment['parent_id']))?.[1];
  return parent === undefined ? null : `reddit:comment:${parent}`;
}

/** Yields the author's record, and returns its key. A deleted account has none. */
function* authorOf(of: Json, at: Place): Generator<SourceItem, string | null> {
  const name = textOf(of['author']);
  if (name === null || name === '[deleted]') return null;
  const key = `reddit:user:${name.toLowerCase()}`;
  yield recordAt(at, { type: 'author', key, name });
  return key;
}

const isGone = (text: unknown) => text === '[deleted]' || text === '[removed]';

/** A text without the entities of HTML that Reddit writes in its JSON. */
function plain(text: unknown): string | null {
  const known = textOf(text);
  return known && decodeHTMLStrict(known);
}
