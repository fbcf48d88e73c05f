import type { ImportedAuthor } from '../forum/author/index.ts';
import { type ImportedEntry, importedEntry } from '../forum/catalog/index.ts';
import { type ImportedComment, idSuffix, textKeyOf } from '../forum/comment/index.ts';
import type { ImportedDiscussion } from '../forum/discussion/index.ts';
import type { ImportedLink } from '../forum/related/index.ts';
import { type DocumentTime, type ImportedTime, importedTime, instantOf } from '../text/imported-time.ts';
import { renderMarkdown } from '../text/markdown.ts';
import { identityOf } from './keys.ts';
import type { ThreadAuthor, ThreadComment, ThreadDocument } from './thread-document.ts';

/** A document that is ready to be stored: texts rendered, times resolved. Made before the transaction, to keep it short. */
export interface PreparedDocument {
  readonly asOf: Date;
  readonly discussion: ImportedDiscussion;
  readonly author: ImportedAuthor | null;
  readonly comments: readonly ImportedComment[];
  /** The author of each comment. */
  readonly commentAuthors: readonly (ImportedAuthor | null)[];
  /** The index of the accepted answer. Null: none. */
  readonly answer: number | null;
  readonly product: ImportedEntry | null;
  readonly category: ImportedEntry | null;
  readonly tags: readonly string[];
  readonly links: readonly ImportedLink[];
}

/** Renders a document's texts and resolves its times, which count back from `asOf`, when it was captured. */
export function prepareDocument(
  document: ThreadDocument,
  asOf: Date,
  imageHosts: readonly string[],
): PreparedDocument {
  const { post, comments } = document;
  const resolve = resolver(asOf);
  const commentTimes = comments.map(({ postedAt }) => postedAt && resolve(postedAt));
  const start = post.postedAt ? resolve(post.postedAt) : earliest(commentTimes, asOf);
  const answer = comments.findIndex(({ isAnswer }) => isAnswer);
  return {
    asOf,
    discussion: {
      identity: identityOf(document),
      title: post.title,
      body: post.body,
      rendering: renderMarkdown(post.body, new Map(), imageHosts),
      time: importedTime(post.postedAt, start, asOf),
      lastEditedAt: post.lastEditedAt && resolve(post.lastEditedAt),
      importedNetVotes: post.netUpvotes,
      metadata: post.metadata,
      ...{ pin: post.pin, lock: post.lock, close: post.close, asOf },
    },
    author: authorOf(post.author),
    comments: comments.map((comment, i) => ({
      ...commentOf(comment, asOf, imageHosts),
      time: importedTime(comment.postedAt, commentTimes[i] ?? start, asOf),
      lastEditedAt: comment.lastEditedAt && resolve(comment.lastEditedAt),
    })),
    commentAuthors: comments.map(({ author }) => authorOf(author)),
    answer: answer === -1 ? null : answer,
    product: document.product && importedEntry(document.product, 'product'),
    category: document.category && importedEntry(document.category, 'category'),
    tags: post.tags,
    links: document.related.map(({ title, url, postedAt, commentCount }) => {
      const time: ImportedTime | null = postedAt && importedTime(postedAt, resolve(postedAt), asOf);
      return { title, url, commentCount, time };
    }),
  };
}

/** Resolves times. Results are cached: a document has few different phrases, and each takes a millisecond. */
function resolver(asOf: Date): (time: DocumentTime) => Date {
  const resolved = new Map<string, Date>();
  return (time) => {
    if (time.kind === 'exact') return time.at;
    const at = resolved.get(time.phrase) ?? instantOf(time, asOf);
    if (!at) throw new RangeError(`no time is "${time.phrase}" before ${asOf.toISOString()}.`);
    resolved.set(time.phrase, at);
    return at;
  };
}

/** The time of a post that has none: that of its oldest comment, or of the document. */
function earliest(times: readonly (Date | null)[], asOf: Date): Date {
  return times.reduce<Date>((oldest, at) => (at && at < oldest ? at : oldest), asOf);
}

function commentOf(comment: ThreadComment, asOf: Date, imageHosts: readonly string[]) {
  const { body, netUpvotes, isOfficial, isVerifiedUser, metadata, replyTo } = comment;
  return {
    ...{ textKey: textKeyOf(body), idSuffix: comment.id === null ? null : idSuffix(comment.id) },
    ...{
      authorKey: authorOf(comment.author)?.externalId ?? null,
      body,
      rendering: renderMarkdown(body, new Map(), imageHosts),
      importedNetVotes: netUpvotes,
      metadata,
    },
    ...{ isOfficial, isVerifiedUser, deletedAt: comment.isDeleted ? asOf : null },
    replyTo: replyTo === null ? null : replyTo - 1,
  };
}

function authorOf(author: ThreadAuthor | null): ImportedAuthor | null {
  if (!author) return null;
  const { id, ...description } = author;
  return { ...description, externalId: id === null ? null : `import:${id}` };
}
