import { stat } from 'node:fs/promises';
import type { RecordSource, SourceItem } from '../../record-source.ts';
import { RECORDS_VERSION } from '../../records.ts';
import { ofRecords, omittedAt, RECORDS_WEIGHT, recordAt, removedAt, sourceOf, timeOf } from '../reading.ts';
import type { PostRow, TopicRow } from './backup-rows.ts';
import { BackupTables } from './backup-tables.ts';
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

/** Discourse's own users, such as "system", have ids below 1. */
const FIRST_PERSON = 1;

/**
 * The tables of a backup of Discourse (dump.sql). They stand in the order of their names, and posts refer to topics and
 * users that follow: they are sorted in a temporary SQLite file first.
 */
export async function openBackup(file: string, site: string): Promise<RecordSource> {
  const { size } = await stat(file);
  const tables = new BackupTables();
  const source = sourceOf(file, size * (1 + RECORDS_WEIGHT), async function* (onBytes) {
    await tables.load(file, onBytes);
    const at = (line: number) => ({ file, line });
    yield recordAt({ file }, { type: 'forum', version: RECORDS_VERSION });
    for (const { id, name, slug, isRestricted, line } of tables.categories()) {
      if (isRestricted) yield omittedAt(at(line), 'restricted categories and what is in them', name);
      else yield recordAt(at(line), { type: 'category', key: categoryKey(site, id), name, slug });
    }
    for (const { name, line } of tables.tags())
      yield recordAt(at(line), { type: 'tag', key: tagKey(site, name), name });
    for (const { username, name, title, createdAt, line } of tables.users())
      yield recordAt(at(line), {
        ...{ type: 'author', key: userKey(site, username), name: name || username, title },
        createdAt: timeOf(createdAt),
      });
    const share = size / Math.max(1, tables.countTopics());
    const onTopic = ofRecords(onBytes);
    for (const row of tables.topics()) {
      yield* topicItems(tables, row, file, site);
      onTopic(share);
    }
  });
  return { ...source, close: async () => tables.close() };
}

function* topicItems(tables: BackupTables, row: TopicRow, file: string, site: string): Generator<SourceItem> {
  const topic = topicOf(tables, row, site);
  const at = { file, line: row.line, element: `topic ${row.id}` };
  if (row.isRestricted === 1) return yield omittedAt(at, 'topics of restricted categories');
  const omission = topicOmission(topic);
  if (omission !== null) {
    yield omissionAt(at, omission);
    for (const { id, line } of topic.deletedAt === null ? [] : tables.postsOf(row.id))
      yield removedAt({ file, line, element: `post ${id}` }, POSTS_OF_DELETED);
    return;
  }
  let isKept = false;
  for (const post of tables.postsOf(row.id)) {
    const place = { file, line: post.line, element: `post ${post.id}` };
    const likes = [...tables.likesOf(post.id)];
    const read = postOf(post, likes.length);
    const left = postOmission(read);
    const author = post.userId >= FIRST_PERSON && post.username ? userKey(site, post.username) : null;
    if (left !== null) {
      yield omissionAt(place, left);
      continue;
    }
    const key = postKey(site, row.id, post.number);
    if (post.number === 1) {
      isKept = true;
      yield recordAt(place, discussionOf(topic, read, author, site));
    } else if (isKept) {
      yield recordAt(place, {
        ...{ type: 'comment', key, discussion: topicKey(site, row.id), body: bodyOf(read, site), author },
        ...{ createdAt: read.createdAt ?? '', lastEditedAt: read.editedAt, importedNetVotes: read.likes },
        replyTo: post.replyTo === null || post.replyTo === 1 ? null : postKey(site, row.id, post.replyTo),
      });
    } else {
      yield omittedAt(place, 'posts of topics whose first post is left out');
      continue;
    }
    const voted = post.number === 1 ? { discussion: topicKey(site, row.id) } : { comment: key };
    for (const like of likes)
      yield recordAt(place, {
        ...{ type: 'vote', ...voted, author: userKey(site, like.username), value: 1 },
        createdAt: timeOf(like.createdAt) ?? read.createdAt ?? '',
      });
  }
  const answer = isKept ? tables.answerOf(row.id) : null;
  if (answer !== null)
    yield recordAt(at, {
      type: 'answer',
      discussion: topicKey(site, row.id),
      comment: postKey(site, row.id, answer),
    });
}

function topicOf(tables: BackupTables, row: TopicRow, site: string): Topic {
  const { id, title, slug, archetype, views, categoryId } = row;
  const createdAt = timeOf(row.createdAt);
  return {
    ...{ id, title, slug, archetype, views, createdAt, deletedAt: timeOf(row.deletedAt) },
    isVisible: row.visible !== 'f',
    ...{ isClosed: row.closed === 't' || row.archived === 't', closedAt: timeOf(row.lastPostedAt) },
    ...{ isPinned: row.pinnedGlobally === 't', pinnedAt: timeOf(row.pinnedAt) },
    category: categoryId === null ? null : categoryKey(site, categoryId),
    tags: tables.tagsOf(id).map((name) => tagKey(site, name)),
    permalinks: tables.permalinksOf(id),
  };
}

/** `known`: how many of its likes are known by their people. */
function postOf(row: PostRow, known: number): Post {
  const createdAt = timeOf(row.createdAt);
  return {
    ...{ kind: row.kind, number: row.number, raw: row.raw, cooked: row.cooked, createdAt },
    likes: Math.max(0, (row.likeCount ?? 0) - known),
    editedAt: row.version > 1 ? timeOf(row.editedAt) : null,
    deletedAt: row.userDeleted === 't' ? createdAt : timeOf(row.deletedAt),
    isHidden: row.hidden === 't',
  };
}
