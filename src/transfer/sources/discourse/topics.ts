import type { Place, RecordSource, SourceItem } from '../../record-source.ts';
import { RECORDS_VERSION } from '../../records.ts';
import { type Json, jsonDocuments, jsonFilesAt, listOf, objectOf, textIn } from '../json-documents.ts';
import { omittedAt, recordAt, sourceOf, timeOf } from '../reading.ts';
import {
  bodyOf,
  categoryKey,
  discussionOf,
  type Post,
  postKey,
  postOmission,
  type Topic,
  tagKey,
  topicKey,
  topicOmission,
  userKey,
} from './posts.ts';

/** The id of the user that Discourse writes as. */
const SYSTEM = -1;

/**
 * The answers of Discourse's JSON API, as `/t/ID.json?include_raw=1`, `/t/ID/posts.json?include_raw=1` and
 * `/categories.json` have them, in files of a folder. Categories come first whatever their file is called.
 */
export async function openTopics(path: string, site: string): Promise<RecordSource> {
  const { files, bytes } = await jsonFilesAt(path);
  // read twice: categories and topics, then the further pages of posts
  return sourceOf(bytes * 2, async function* (onBytes) {
    yield recordAt({ file: files[0] ?? path }, { type: 'forum', version: RECORDS_VERSION });
    for (const isFirst of [true, false])
      for await (const { value, at: place } of jsonDocuments(files, onBytes)) {
        const answer = objectOf(value);
        const isTopic = textIn(answer['title']) !== null;
        const at = { ...place, element: `topic ${answer['id'] ?? '?'}` };
        if (isFirst) yield* categoriesOf(answer, site, at);
        if (isFirst && !isTopic) continue;
        if (isFirst) yield* topicOf(answer, site, at);
        else if (!isTopic) yield* morePostsOf(answer, site, at);
      }
  });
}

function* categoriesOf(answer: Json, site: string, at: Place): Generator<SourceItem> {
  const list = objectOf(answer['category_list'])['categories'] ?? answer['categories'];
  for (const category of listOf(list).map(objectOf)) {
    const id = numberOf(category['id']);
    const name = textIn(category['name']);
    if (id === null || name === null) continue;
    if (category['read_restricted'] === true) yield omittedAt(at, 'names of restricted categories');
    else
      yield recordAt(at, {
        type: 'category',
        key: categoryKey(site, id),
        name,
        slug: textIn(category['slug']),
      });
    yield* categoriesOf({ categories: category['subcategory_list'] }, site, at);
  }
}

function* topicOf(answer: Json, site: string, at: Place): Generator<SourceItem> {
  const topic = topicIn(answer, site);
  const posts = postsIn(answer);
  const omission = topic === null ? 'topics without an id' : topicOmission(topic);
  if (topic === null || omission !== null) return yield omittedAt(at, omission ?? '');
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

function* morePostsOf(answer: Json, site: string, at: Place): Generator<SourceItem> {
  const posts = postsIn(answer);
  for (const post of posts) {
    const topicId = numberOf(post['topic_id']);
    if (topicId === null) yield omittedAt(at, 'posts of an unknown topic');
    else if (numberOf(post['post_number']) !== 1) yield* commentOf(post, topicId, site, at);
  }
  const topicId = numberOf(posts[0]?.['topic_id']);
  if (topicId !== null) yield* answerOf(answer, posts, topicId, site, at);
}

function* commentOf(of: Json, topicId: number, site: string, at: Place): Generator<SourceItem> {
  const post = postIn(of);
  const place = { ...at, element: `post ${post.number} of topic ${topicId}` };
  const omission = postOmission(post) ?? (numberOf(of['user_id']) === SYSTEM ? 'posts of the system' : null);
  if (omission !== null) return yield omittedAt(place, omission);
  const parent = numberOf(of['reply_to_post_number']);
  yield recordAt(place, {
    ...{ type: 'comment', key: postKey(site, topicId, post.number), discussion: topicKey(site, topicId) },
    ...{ body: bodyOf(post), createdAt: post.createdAt ?? '', lastEditedAt: post.editedAt },
    replyTo: parent === null || parent === 1 ? null : postKey(site, topicId, parent),
    ...{ author: yield* authorOf(of, site, place), importedNetVotes: post.likes },
  });
}

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

function topicIn(answer: Json, site: string): Topic | null {
  const id = numberOf(answer['id']);
  if (id === null) return null;
  const category = numberOf(answer['category_id']);
  const createdAt = timeOf(textIn(answer['created_at']));
  const lastAt = timeOf(textIn(answer['last_posted_at'])) ?? createdAt;
  return {
    ...{
      id,
      title: String(answer['title']),
      slug: textIn(answer['slug']),
      archetype: textIn(answer['archetype']),
    },
    ...{ createdAt, deletedAt: timeOf(textIn(answer['deleted_at'])), isVisible: answer['visible'] !== false },
    closedAt: answer['closed'] === true || answer['archived'] === true ? lastAt : null,
    pinnedAt: answer['pinned_globally'] === true ? (timeOf(textIn(answer['pinned_at'])) ?? createdAt) : null,
    views: numberOf(answer['views']),
    category: category === null ? null : categoryKey(site, category),
    tags: tagsIn(answer).map((name) => tagKey(site, name)),
    permalinks: [],
  };
}

/** Newer versions write objects in place of names. */
function tagsIn(answer: Json): string[] {
  return listOf(answer['tags']).flatMap((tag) => textIn(tag) ?? textIn(objectOf(tag)['name']) ?? []);
}

function postsIn(answer: Json): readonly Json[] {
  const posts = listOf(objectOf(answer['post_stream'])['posts']).map(objectOf);
  return posts.toSorted((a, b) => (numberOf(a['post_number']) ?? 0) - (numberOf(b['post_number']) ?? 0));
}

function postIn(of: Json): Post {
  const createdAt = timeOf(textIn(of['created_at']));
  const likes = listOf(of['actions_summary'])
    .map(objectOf)
    .find((action) => action['id'] === 2);
  const version = numberOf(of['version']) ?? 1;
  return {
    ...{ kind: numberOf(of['post_type']) ?? 1, number: numberOf(of['post_number']) ?? 0 },
    ...{ raw: textIn(of['raw']), cooked: textIn(of['cooked']), createdAt },
    editedAt: version > 1 ? timeOf(textIn(of['updated_at'])) : null,
    deletedAt: of['user_deleted'] === true ? createdAt : timeOf(textIn(of['deleted_at'])),
    isHidden: of['hidden'] === true,
    likes: numberOf(likes?.['count']) ?? 0,
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
