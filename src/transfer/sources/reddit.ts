import { decodeHTML } from 'entities';
import type { Place, SourceItem, SourceKind } from '../record-source.ts';
import { RECORDS_VERSION } from '../records.ts';
import {
  integerIn,
  type Json,
  jsonDocuments,
  jsonFilesAt,
  listOf,
  objectOf,
  textIn,
} from './json-documents.ts';
import { elementOf, omittedAt, recordAt, removedAt, sourceOf, unusableAt } from './reading.ts';

/** What stands in the place of a text or a name: "[deleted]", "[removed by moderator]", "[ Removed by Reddit on account of … ]". */
const REMOVED = /^\s*\[\s*(?:deleted|removed)(?: by (?:\w+|Reddit\b.{0,300}))?\s*\]\s*$/i;

/** Reddit: the JSON of threads, which is a pair of listings: the post, and its comments. */
export const reddit: SourceKind = {
  description: 'a file or a folder with the JSON of threads of Reddit',
  async open(at) {
    const { files, bytes } = await jsonFilesAt(at);
    return sourceOf(at, bytes, async function* (onBytes) {
      yield recordAt({ file: at }, { type: 'forum', version: RECORDS_VERSION });
      for await (const document of jsonDocuments(files, onBytes))
        yield* threadsIn(document.at, document.value);
    });
  },
};

/** A pair of listings, a listing of posts, or a list of these. */
function* threadsIn(at: Place, value: unknown): Generator<SourceItem> {
  const [first, second] = listOf(value);
  const posts = childrenOf(first).filter(({ kind }) => kind === 't3');
  if (posts.length > 0) yield* threadOf(at, objectOf(posts[0]?.['data']), childrenOf(second));
  else if (Array.isArray(value)) for (const each of value) yield* threadsIn(at, each);
  else {
    const found = childrenOf(value).filter(({ kind }) => kind === 't3');
    if (found.length === 0) yield unusableAt(at, 'objects that are no thread');
    for (const child of found) yield* threadOf(at, objectOf(child['data']), []);
  }
}

const childrenOf = (listing: unknown) =>
  listOf(objectOf(objectOf(listing)['data'])['children']).map(objectOf);

function* threadOf(file: Place, post: Json, comments: readonly Json[]): Generator<SourceItem> {
  const id = textIn(post['id']);
  const at = { ...file, element: elementOf('post', id) };
  const [title, createdAt] = [textIn(post['title']), instantOf(post['created_utc'])];
  const text = textIn(post['selftext']) ?? '';
  if (id === null || title === null || createdAt === null) {
    yield unusableAt(at, 'posts without an id, a title or a valid time');
    return;
  }
  if (REMOVED.test(text) || REMOVED.test(title) || isModerated(post)) {
    yield removedAt(at, 'deleted or removed posts');
    yield* omittedComments(at, comments);
    return;
  }
  const subreddit = textIn(post['subreddit']);
  const category = subreddit && `reddit:subreddit:${subreddit}`;
  if (subreddit && category) yield recordAt(at, { type: 'category', key: category, name: subreddit });
  const flair = decodeHTML(textIn(post['link_flair_text']) ?? '').trim();
  const tag = `reddit:flair:${flair}`;
  if (flair !== '') yield recordAt(at, { type: 'tag', key: tag, name: flair });
  const author = yield* authorOf(at, post);
  const permalink = onReddit(textIn(post['permalink']) ?? `/comments/${id}`);
  const link = textIn(post['url']);
  yield recordAt(at, {
    ...{
      type: 'discussion',
      key: `reddit:post:${id}`,
      title: decodeHTML(title),
      author,
      createdAt,
      category,
    },
    body: text === '' ? `<${onReddit(decodeHTML(link ?? `/comments/${id}`))}>` : decodeHTML(text),
    lastEditedAt: instantOf(post['edited']),
    importedNetVotes: integerIn(post['score']),
    tags: flair === '' ? [] : [tag],
    // links to a comment end in its id
    oldUrls: [permalink.replace(/\/?$/, '/*'), `https://redd.it/${id}`],
    ...(post['locked'] === true && { lock: { at: createdAt } }),
  });
  yield* commentsOf(at, `reddit:post:${id}`, comments);
}

const SITE = 'https://www.reddit.com/';
/** An address, which may be a path on Reddit. */
const onReddit = (address: string) => (URL.canParse(address, SITE) ? new URL(address, SITE).href : SITE);

/** Moderators get the texts of what was removed, too. */
function isModerated(of: Json): boolean {
  const by = textIn(of['removed_by_category']) ?? textIn(of['banned_by']);
  return by !== null || [of['removed'], of['spam'], of['banned_by']].includes(true);
}

/** The comments below a post, parents first. A list of what is still to do takes any depth. */
function* commentsOf(at: Place, discussion: string, comments: readonly Json[]): Generator<SourceItem> {
  const open = comments.toReversed().map((comment) => ({ comment, replyTo: null as string | null }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { comment, replyTo } = next;
    const data = objectOf(comment['data']);
    if (comment['kind'] === 'more') {
      yield omittedAt(
        at,
        'links to more comments',
        // 0: of a thread that goes on on a page of its own
        integerIn(data['count']) > 0
          ? `${integerIn(data['count'])} comments are not in the file.`
          : 'The replies below are not in the file.',
      );
      continue;
    }
    const id = textIn(data['id']);
    const place = { ...at, element: `${at.element}, ${elementOf('comment', id)}` };
    const [body, createdAt] = [textIn(data['body']) ?? '', instantOf(data['created_utc'])];
    if (comment['kind'] !== 't1' || id === null || createdAt === null) {
      yield omittedAt(place, 'comments without an id or a valid time');
      continue;
    }
    const key = `reddit:comment:${id}`;
    const replies = childrenOf(data['replies']);
    const isRemoved = REMOVED.test(body) || isModerated(data);
    if (isRemoved) yield removedAt(place, 'deleted or removed comments', replies.length > 0);
    if (isRemoved && replies.length === 0) continue;
    const author = isRemoved ? null : yield* authorOf(place, data);
    yield recordAt(place, {
      ...{ type: 'comment', key, discussion, replyTo, author, createdAt },
      ...(isRemoved ? { body: '', deletedAt: createdAt } : { body: decodeHTML(body) }),
      ...(!isRemoved && {
        lastEditedAt: instantOf(data['edited']),
        importedNetVotes: integerIn(data['score']),
      }),
    });
    open.push(...replies.toReversed().map((reply) => ({ comment: reply, replyTo: key })));
  }
}

/** The comments below a post that is left out. */
function* omittedComments(at: Place, comments: readonly Json[]): Generator<SourceItem> {
  const open = [...comments];
  for (let comment = open.pop(); comment; comment = open.pop()) {
    if (comment['kind'] !== 't1') continue;
    const data = objectOf(comment['data']);
    const place = { ...at, element: `${at.element}, ${elementOf('comment', data['id'])}` };
    yield removedAt(place, 'comments on deleted or removed posts');
    open.push(...childrenOf(data['replies']));
  }
}

function* authorOf(at: Place, { author }: Json): Generator<SourceItem, string | null> {
  const name = textIn(author);
  if (name === null || REMOVED.test(name)) return null;
  const key = `reddit:user:${name}`;
  yield recordAt(at, { type: 'author', key, name });
  return key;
}

/** Seconds since 1970, with fractions. `edited` is false for texts that were not. */
function instantOf(seconds: unknown): string | null {
  if (typeof seconds !== 'number' || !(Math.abs(seconds) < 1e11)) return null;
  return new Date(Math.round(seconds * 1000)).toISOString();
}
