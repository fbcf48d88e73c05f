// Discussions in the vocabulary of schema.org, as Google's documentation of Q&A pages and discussion forums has it.
import type {
  Answer,
  Comment,
  DiscussionForumPosting,
  Person,
  QAPage,
  Question,
  WithContext,
} from 'schema-dts';
import type { Context } from '../../access/context.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { isoTime } from '../../text/iso-time.ts';
import { type AuthorRow, loadAuthor } from '../author/index.ts';
import { type CategoryRow, categories, loadById } from '../catalog/index.ts';
import { readThread, type ThreadComment, type ThreadPart } from '../comment/index.ts';
import { type DiscussionRow, discussionUrl, loadDiscussion } from '../discussion/index.ts';
import { TextAllowance } from './text-allowance.ts';

export type StructuredData = WithContext<QAPage> | WithContext<DiscussionForumPosting>;

/** The name of an author whose name, handle and title are all unknown, or whose comment is deleted. */
export const ANONYMOUS = 'Anonymous';
/** The characters of all texts in one document. */
const CHARS_MAX = 200_000;

/** A discussion as JSON-LD. A merged one has no page of its own: its data is that of the one that its page leads to. */
export async function loadStructuredData(ctx: Context, own: DiscussionRow): Promise<StructuredData> {
  const discussion = (await referenced(own.mergedIntoId, (id) => loadDiscussion(ctx, id))) ?? own;
  const [thread, author, category] = await Promise.all([
    readThread(ctx, discussion),
    referenced(discussion.authorId, (id) => loadAuthor(ctx, id)),
    referenced(discussion.categoryId, (id) => loadById(ctx, categories, id)),
  ]);
  return structuredDataOf(ctx, discussion, { thread, author, category });
}

interface Parts {
  readonly thread: ThreadPart;
  readonly author: AuthorRow | null;
  readonly category: CategoryRow | null;
}

type Pages = Pick<Context, 'pages'>;

function structuredDataOf(ctx: Pages, discussion: DiscussionRow, parts: Parts): StructuredData {
  return isQuestion(discussion, parts.category)
    ? { '@context': 'https://schema.org', '@type': 'QAPage', mainEntity: questionOf(ctx, discussion, parts) }
    : { '@context': 'https://schema.org', ...postingOf(ctx, discussion, parts) };
}

/** Whether people can answer a discussion, or have done so. */
function isQuestion({ lockedAt, commentCount }: DiscussionRow, category: CategoryRow | null): boolean {
  if (category !== null && !category.isAnswerable) return false;
  return lockedAt === null || commentCount > 0;
}

function questionOf(ctx: Pages, discussion: DiscussionRow, { thread, author }: Parts): Question {
  const { answerCount } = thread;
  const url = discussionUrl(ctx, discussion.slug);
  const texts = new TextAllowance(CHARS_MAX);
  const own = post(ctx, discussion, author, texts);
  const accepted = thread.answer && answerOf(ctx, url, thread.answer, texts);
  const suggested = thread.comments.flatMap((one) =>
    one.isVeiled ? [] : (answerOf(ctx, url, one, texts) ?? []),
  );
  const deleted = thread.comments.filter((one) => one.isVeiled);
  const comments = commentsOf(ctx, url, deleted, texts);
  return {
    ...{ '@type': 'Question', '@id': url, url, name: discussion.title, ...own },
    ...{ answerCount, commentCount: Math.max(0, discussion.commentCount - answerCount) },
    upvoteCount: discussion.netUpvotes,
    ...(accepted && { acceptedAnswer: accepted }),
    ...(suggested.length > 0 && { suggestedAnswer: suggested }),
    ...(comments.length > 0 && { comment: comments }),
  };
}

function postingOf(ctx: Pages, discussion: DiscussionRow, { thread, author }: Parts): DiscussionForumPosting {
  const url = discussionUrl(ctx, discussion.slug);
  const texts = new TextAllowance(CHARS_MAX);
  const own = post(ctx, discussion, author, texts);
  const all = thread.answer ? [thread.answer, ...thread.comments] : thread.comments;
  const comments = commentsOf(ctx, url, all, texts);
  return {
    ...{ '@type': 'DiscussionForumPosting', '@id': url, url, mainEntityOfPage: url },
    ...{ headline: discussion.title, ...own, commentCount: discussion.commentCount },
    interactionStatistic: likes(discussion.upvoteCount),
    ...(comments.length > 0 && { comment: comments }),
  };
}

/** An answer with its replies. Null if its text exceeds what the document may have. */
function answerOf(ctx: Pages, page: string, one: ThreadComment, texts: TextAllowance): Answer | null {
  if (!texts.has(textOf(one.comment, ''))) return null;
  const replies = () => commentsOf(ctx, page, one.replies, texts);
  return {
    ...{ '@type': 'Answer', url: urlOf(page, one), ...post(ctx, one.comment, one.author, texts) },
    upvoteCount: one.comment.netUpvotes,
    ...some('comment', replies()),
  };
}

/** Comments in the order of the page. Those whose text exceeds what the document may have are left out with all below. */
function commentsOf(
  ctx: Pages,
  page: string,
  comments: readonly ThreadComment[],
  texts: TextAllowance,
): Comment[] {
  return comments.flatMap((one): Comment[] => {
    const { comment, author, isVeiled, replies } = one;
    const place = { '@type': 'Comment', url: urlOf(page, one) } as const;
    if (isVeiled) {
      const state = { creativeWorkStatus: 'Deleted', author: personOf(ctx, null) };
      const datePublished = isoTime(comment.createdAt);
      return [
        { ...place, ...state, datePublished, ...some('comment', commentsOf(ctx, page, replies, texts)) },
      ];
    }
    if (!texts.has(textOf(comment, ''))) return [];
    const own = post(ctx, comment, author, texts);
    const interactionStatistic = likes(comment.upvoteCount);
    return [
      { ...place, ...own, interactionStatistic, ...some('comment', commentsOf(ctx, page, replies, texts)) },
    ];
  });
}

function some<Name extends string, T>(
  name: Name,
  list: readonly T[],
): { readonly [N in Name]?: readonly T[] } {
  return list.length > 0 ? ({ [name]: list } as { [N in Name]: readonly T[] }) : {};
}

type Post = Pick<DiscussionRow, 'createdAt' | 'lastEditedAt' | 'body' | 'bodyText'> & {
  readonly title?: string;
};

/** What every post has: text, times and author. */
function post(ctx: Pages, row: Post, author: AuthorRow | null, texts: TextAllowance) {
  return {
    text: texts.use(textOf(row, row.title ?? '')),
    datePublished: isoTime(row.createdAt),
    ...(row.lastEditedAt !== null && { dateModified: isoTime(row.lastEditedAt) }),
    author: personOf(ctx, author),
  };
}

/** The text of a post. One that is a line alone has no plain text, but it has its source. */
function textOf({ body, bodyText }: Post, otherwise: string): string {
  return bodyText.trim() || body.trim() || otherwise;
}

function personOf({ pages }: Pages, author: AuthorRow | null): Person {
  if (author === null) return { '@type': 'Person', name: ANONYMOUS };
  const { id, name, handle, title, company, avatarUrl } = author;
  return {
    '@type': 'Person',
    name: name ?? title ?? handle ?? ANONYMOUS,
    url: pages.of('author', globalId('Author', id)),
    ...(title !== null && { jobTitle: title }),
    ...(company !== null && { worksFor: { '@type': 'Organization', name: company } as const }),
    ...(avatarUrl !== null && { image: avatarUrl }),
  };
}

function likes(count: number) {
  return {
    '@type': 'InteractionCounter',
    interactionType: { '@type': 'LikeAction' },
    userInteractionCount: count,
  } as const;
}

function urlOf(page: string, { comment }: ThreadComment): string {
  return `${page}#${globalId('Comment', comment.id)}`;
}
