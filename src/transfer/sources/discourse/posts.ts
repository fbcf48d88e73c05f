import { htmlToMarkdown } from '../../../text/html-to-markdown.ts';
import type { Place, SourceItem } from '../../record-source.ts';
import type { DiscussionRecord, RecordKey } from '../../records.ts';
import { omittedAt, removedAt } from '../reading.ts';
import { markdownOfRaw } from './raw-markdown.ts';

/** Discourse's kinds of posts. */
const KINDS: Readonly<Record<number, string>> = {
  2: "moderators' actions",
  3: 'notes of actions',
  4: 'whispers',
};

/** A topic, from either export. Times are those of records. */
export interface Topic {
  readonly id: number;
  readonly title: string;
  readonly slug: string | null;
  readonly archetype: string | null;
  readonly createdAt: string | null;
  readonly deletedAt: string | null;
  readonly isVisible: boolean;
  /** The times of the next two may be unknown. */
  readonly isClosed: boolean;
  readonly closedAt: string | null;
  readonly isPinned: boolean;
  readonly pinnedAt: string | null;
  readonly views: number | null;
  readonly category: RecordKey | null;
  readonly tags: readonly RecordKey[];
  /** Paths that lead to it as well. */
  readonly permalinks: readonly string[];
}

/** A post, from either export. */
export interface Post {
  readonly kind: number;
  readonly number: number;
  /** In Markdown, or as HTML if that is all there is. */
  readonly raw: string | null;
  readonly cooked: string | null;
  readonly createdAt: string | null;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly isHidden: boolean;
  readonly likes: number;
}

/** Why a topic is left out. Null: it is not. */
export function topicOmission(topic: Topic): string | null {
  if (topic.archetype === 'private_message') return 'private messages';
  if (topic.deletedAt !== null) return 'deleted topics';
  return topic.isVisible ? null : 'unlisted topics';
}

/** Why a post is left out. Null: it is not. */
export function postOmission(post: Post): string | null {
  const kind = KINDS[post.kind];
  if (kind && !(post.kind === 2 && hasText(post))) return kind;
  if (post.deletedAt !== null) return 'deleted posts';
  if (post.isHidden) return 'hidden posts';
  if (post.createdAt === null) return 'posts without a time';
  return hasText(post) ? null : 'empty posts';
}

/** The kinds of omissions above that were removed in the other forum. */
const REMOVED: ReadonlySet<string> = new Set(['deleted topics', 'deleted posts', 'hidden posts']);
/** What the report calls the posts of a deleted topic. */
export const POSTS_OF_DELETED = 'posts of deleted topics';

/** A topic or a post that is left out, for the report. */
export function omissionAt(at: Place, omission: string): SourceItem {
  return REMOVED.has(omission) ? removedAt(at, omission) : omittedAt(at, omission);
}

const hasText = ({ raw, cooked }: Post) => (raw ?? htmlToMarkdown(cooked ?? '')) !== '';

/** The text in Markdown. `site` is the host of the forum. */
export function bodyOf({ raw, cooked }: Post, site: string): string {
  return raw === null ? htmlToMarkdown(cooked ?? '') : markdownOfRaw(raw, site);
}

/** The record of a topic with its first post. Neither may be one that is left out. */
export function discussionOf(
  topic: Topic,
  first: Post,
  author: RecordKey | null,
  site: string,
): DiscussionRecord {
  const { id, title, slug, category, tags, views } = topic;
  const createdAt = first.createdAt ?? topic.createdAt ?? '';
  // links to a post end in its number
  const addresses = [`https://${site}/t/${slug ?? 'topic'}/${id}/*`, `https://${site}/t/${id}/*`];
  return {
    ...{
      type: 'discussion',
      key: topicKey(site, id),
      title,
      body: bodyOf(first, site),
      author,
      createdAt,
      category,
      tags,
    },
    ...{ lastEditedAt: first.editedAt, importedNetVotes: first.likes },
    oldUrls: [...addresses, ...topic.permalinks.map((path) => `/${path}`)],
    ...(views !== null && { viewCount: views }),
    ...(topic.isPinned && { pin: { at: topic.pinnedAt ?? createdAt } }),
    ...(topic.isClosed && { close: { at: topic.closedAt ?? createdAt } }),
  };
}

export const topicKey = (site: string, id: number) => `discourse:${site}:topic:${id}`;
/** By its number in the topic, because replies name that. */
export const postKey = (site: string, topicId: number, number: number) =>
  `discourse:${site}:post:${topicId}-${number}`;
export const userKey = (site: string, name: string) => `discourse:${site}:user:${name.toLowerCase()}`;
export const categoryKey = (site: string, id: number) => `discourse:${site}:category:${id}`;
export const tagKey = (site: string, name: string) => `discourse:${site}:tag:${name}`;
