import type { Place, RecordSource, SourceItem } from '../../record-source.ts';
import { RECORDS_VERSION } from '../../records.ts';
import { type Json, jsonDocuments, jsonFilesAt, listOf, objectOf, textIn } from '../json-documents.ts';
import {
  ofRecords,
  omittedAt,
  RECORDS_WEIGHT,
  recordAt,
  removedAt,
  sourceOf,
  unusableAt,
} from '../reading.ts';
import {
  bodyOf,
  categoryKey,
  discussionOf,
  omissionAt,
  POSTS_OF_DELETED,
  type Post,
  postKey,
  postOmission,
  type Topic,
  tagKey,
  topicKey,
  topicOmission,
  userKey,
} from './posts.ts';
import { numberOf, postIn, postsIn, tagsIn, topicIn } from './topic-json.ts';

/** The id of the user that Discourse writes as. */
const SYSTEM = -1;

/**
 * The answers of Discourse's JSON API, as `/t/ID.json?include_raw=1`, `/t/ID/posts.json?include_raw=1` and
 * `/categories.json` have them, in files of a folder. Categories come first whatever their file is called.
 */
export async function openTopics(path: string, site: string): Promise<RecordSource> {
  const { files, bytes } = await jsonFilesAt(path);
  // read three times: categories, topics, and further pages of posts
  return sourceOf(path, bytes * (2 + RECORDS_WEIGHT), async function* (onBytes) {
    const hidden: Hidden = { categories: new Set(), topics: new Set(), deleted: new Set() };
    yield recordAt({ file: files[0] ?? path }, { type: 'forum', version: RECORDS_VERSION });
    for (const reads of ['categories', 'topics', 'further posts'] as const)
      for await (const { value, at: place } of jsonDocuments(
        files,
        reads === 'topics' ? ofRecords(onBytes) : onBytes,
      )) {
        const answer = objectOf(value);
        const isTopic = textIn(answer['title']) !== null;
        const at = { ...place, element: `topic ${answer['id'] ?? '?'}` };
        if (reads === 'categories') yield* categoriesOf(answer, site, at, hidden);
        if (reads === 'topics' && isTopic) yield* topicOf(answer, site, at, hidden);
        if (reads === 'further posts' && !isTopic) yield* morePostsOf(answer, site, at, hidden);
      }
  });
}

/** The ids of restricted categories, and of topics that are left out. */
interface Hidden {
  readonly categories: Set<number>;
  readonly topics: Set<number>;
  /** Those of them that are deleted. */
  readonly deleted: Set<number>;
}

function* categoriesOf(answer: Json, site: string, at: Place, hidden: Hidden): Generator<SourceItem> {
  const list = objectOf(answer['category_list'])['categories'] ?? answer['categories'];
  for (const category of listOf(list).map(objectOf)) {
    const id = numberOf(category['id']);
    const name = textIn(category['name']);
    if (id === null || name === null) continue;
    if (category['read_restricted'] === true) {
      hidden.categories.add(id);
      yield omittedAt(at, 'restricted categories and what is in them', name);
    } else
      yield recordAt(at, {
        type: 'category',
        key: categoryKey(site, id),
        name,
        slug: textIn(category['slug']),
      });
    yield* categoriesOf({ categories: category['subcategory_list'] }, site, at, hidden);
  }
}

function* topicOf(answer: Json, site: string, at: Place, hidden: Hidden): Generator<SourceItem> {
  const topic = topicIn(answer, site);
  const posts = postsIn(answer);
  if (topic === null) return yield unusableAt(at, 'topics without an id');
  const isRestricted = hidden.categories.has(numberOf(answer['category_id']) ?? Number.NaN);
  const omission = isRestricted ? 'topics of restricted categories' : topicOmission(topic);
  if (omission !== null) {
    hidden.topics.add(topic.id);
    yield omissionAt(at, omission);
    if (topic.deletedAt === null) return;
    hidden.deleted.add(topic.id);
    for (const post of posts) yield removedAt(placeOf(at, postIn(post), topic.id), POSTS_OF_DELETED);
    return;
  }
  const first = posts.find((post) => numberOf(post['post_number']) === 1);
  // a further page of a topic has its head, too
  if (first) yield* discussionItems(topic, first, answer, site, at);
  const others = posts.filter((post) => post !== first);
  for (const post of others) yield* commentOf(post, topic.id, site, at);
  yield* answerOf(answer, posts, topic.id, site, at);
  const held = listOf(objectOf(answer['post_stream'])['stream']).length - posts.length;
  if (first && held > 0)
    yield omittedAt(
      at,
      'posts that are not in the file of their topic',
      `${held}: save the answers of /posts.json, too.`,
    );
}

function* discussionItems(
  topic: Topic,
  first: Json,
  answer: Json,
  site: string,
  at: Place,
): Generator<SourceItem> {
  const post = postIn(first);
  const omission = postOmission(post);
  if (omission !== null) return yield omittedAt(at, `topics whose first post is one of the ${omission}`);
  for (const name of tagsIn(answer)) yield recordAt(at, { type: 'tag', key: tagKey(site, name), name });
  yield recordAt(at, discussionOf(topic, post, yield* authorOf(first, site, at), site));
}

function* morePostsOf(answer: Json, site: string, at: Place, hidden: Hidden): Generator<SourceItem> {
  const posts = postsIn(answer);
  for (const post of posts) {
    const topicId = numberOf(post['topic_id']);
    if (topicId === null) yield omittedAt(at, 'posts of an unknown topic');
    else if (hidden.deleted.has(topicId))
      yield removedAt(placeOf(at, postIn(post), topicId), POSTS_OF_DELETED);
    else if (hidden.topics.has(topicId)) yield omittedAt(at, 'posts of topics that are left out');
    else if (numberOf(post['post_number']) !== 1) yield* commentOf(post, topicId, site, at);
  }
  const topicId = numberOf(posts[0]?.['topic_id']);
  if (topicId !== null && !hidden.topics.has(topicId)) yield* answerOf(answer, posts, topicId, site, at);
}

function* commentOf(of: Json, topicId: number, site: string, at: Place): Generator<SourceItem> {
  const post = postIn(of);
  const place = placeOf(at, post, topicId);
  const omission = postOmission(post) ?? (numberOf(of['user_id']) === SYSTEM ? 'posts of the system' : null);
  if (omission !== null) return yield omissionAt(place, omission);
  const parent = numberOf(of['reply_to_post_number']);
  yield recordAt(place, {
    ...{ type: 'comment', key: postKey(site, topicId, post.number), discussion: topicKey(site, topicId) },
    ...{ body: bodyOf(post, site), createdAt: post.createdAt ?? '', lastEditedAt: post.editedAt },
    replyTo: parent === null || parent === 1 ? null : postKey(site, topicId, parent),
    ...{ author: yield* authorOf(of, site, place), importedNetVotes: post.likes },
  });
}

const placeOf = (at: Place, { number }: Post, topicId: number): Place => ({
  ...at,
  element: `post ${number} of topic ${topicId}`,
});

function* answerOf(answer: Json, posts: readonly Json[], topicId: number, site: string, at: Place) {
  const accepted = objectOf(answer['accepted_answer'] ?? listOf(answer['accepted_answers'])[0]);
  const marked = posts.find((post) => post['accepted_answer'] === true) ?? accepted;
  const number = numberOf(marked['post_number']);
  if (number === null || number === 1) return;
  yield recordAt(at, {
    type: 'answer',
    discussion: topicKey(site, topicId),
    comment: postKey(site, topicId, number),
  });
}

/** Yields the author's record, and returns its key. */
function* authorOf(post: Json, site: string, at: Place): Generator<SourceItem, string | null> {
  const name = textIn(post['username']);
  if (name === null || post['user_deleted'] === true) return null;
  const key = userKey(site, name);
  yield recordAt(at, {
    type: 'author',
    key,
    name: textIn(post['name']) ?? name,
    title: textIn(post['user_title']),
  });
  return key;
}
