// What the answers of Discourse's JSON API hold.
import { type Json, listOf, objectOf, textIn } from '../json-documents.ts';
import { timeOf } from '../reading.ts';
import { categoryKey, type Post, type Topic, tagKey } from './posts.ts';

/** The topic of an answer. Null if it has no id. */
export function topicIn(answer: Json, site: string): Topic | null {
  const id = numberOf(answer['id']);
  if (id === null) return null;
  const category = numberOf(answer['category_id']);
  const createdAt = timeOf(textIn(answer['created_at']));
  return {
    ...{
      id,
      title: String(answer['title']),
      slug: textIn(answer['slug']),
      archetype: textIn(answer['archetype']),
    },
    ...{ createdAt, deletedAt: timeOf(textIn(answer['deleted_at'])), isVisible: answer['visible'] !== false },
    isClosed: answer['closed'] === true || answer['archived'] === true,
    closedAt: timeOf(textIn(answer['last_posted_at'])),
    isPinned: answer['pinned_globally'] === true,
    pinnedAt: timeOf(textIn(answer['pinned_at'])),
    views: numberOf(answer['views']),
    category: category === null ? null : categoryKey(site, category),
    tags: tagsIn(answer).map((name) => tagKey(site, name)),
    permalinks: [],
  };
}

/** The names of its tags. Newer versions write objects in place of names. */
export function tagsIn(answer: Json): string[] {
  return listOf(answer['tags']).flatMap((tag) => textIn(tag) ?? textIn(objectOf(tag)['name']) ?? []);
}

/** The posts of an answer, by their numbers. */
export function postsIn(answer: Json): readonly Json[] {
  const posts = listOf(objectOf(answer['post_stream'])['posts']).map(objectOf);
  return posts.toSorted((a, b) => (numberOf(a['post_number']) ?? 0) - (numberOf(b['post_number']) ?? 0));
}

/** A post of an answer. */
export function postIn(of: Json): Post {
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

/** The value as a number, or null. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
