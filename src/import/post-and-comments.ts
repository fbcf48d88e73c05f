import { webAddress } from './links.ts';
import type { Metadata } from './metadata.ts';
import type { Source } from './source.ts';
import {
  CLOSE_REASONS,
  LOCK_REASONS,
  ROLES,
  type ThreadAuthor,
  type ThreadComment,
  type ThreadPost,
  type ThreadText,
} from './thread-document.ts';

/** A text of the document, with the line of its heading (counted from 1). */
interface Body {
  readonly line: number;
  readonly body: string;
}

/** Exported threads hold the pin label in the author's title. */
const PIN_LABEL = /^pinned by \S/i;

/** Makes the post from its title, body and metadata. */
export function readPost(source: Source, fields: Metadata, title: string, body: Body): ThreadPost {
  const authorTitle = fields.text('author title');
  const isPinLabel = authorTitle !== null && PIN_LABEL.test(authorTitle);
  const author = readAuthor(source, fields, isPinLabel ? null : authorTitle);
  const tags = fields.text('tags')?.split(',') ?? [];
  const label = fields.text('pinned') ?? (isPinLabel ? authorTitle : null);
  const until = fields.instant('pinned until');
  if (until && label === null) {
    throw source.error(fields.lineOf('pinned until'), '"Pinned until" requires "Pinned".');
  }
  return {
    ...readText(fields, body, author),
    title,
    url: fields.text('url'),
    tags: [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))],
    pin: label === null ? null : { label, until },
    lock: fields.has('locked') ? { reason: fields.oneOf('locked', LOCK_REASONS) } : null,
    close: fields.has('closed') ? { reason: fields.oneOf('closed', CLOSE_REASONS) } : null,
    metadata: fields.rest(),
  };
}

/** Makes a comment from its number, body and metadata. */
export function readComment(source: Source, fields: Metadata, number: number, body: Body): ThreadComment {
  const author = readAuthor(source, fields, fields.text('author title'));
  return {
    ...readText(fields, body, author),
    number,
    replyTo: readReplyTo(source, fields),
    isAnswer: fields.flag('accepted answer'),
    isOfficial: fields.flag('official response'),
    isVerifiedUser: fields.flag('verified user'),
    isDeleted: fields.flag('deleted'),
    metadata: fields.rest(),
  };
}

function readText(fields: Metadata, body: Body, author: ThreadAuthor | null): Omit<ThreadText, 'metadata'> {
  return {
    ...body,
    id: fields.text('id'),
    author,
    postedAt: fields.time('posted at'),
    lastEditedAt: fields.time('last edited at'),
    netUpvotes: fields.integer('net upvotes'),
  };
}

function readAuthor(source: Source, fields: Metadata, title: string | null): ThreadAuthor | null {
  const avatar = fields.text('author avatar');
  const avatarUrl = avatar === null ? null : webAddress(avatar);
  if (avatar !== null && avatarUrl === null) {
    throw source.error(
      fields.lineOf('author avatar'),
      `"Author avatar" is "${avatar}", which is not a web address.`,
    );
  }
  const author = {
    id: fields.text('author id'),
    name: fields.text('author name'),
    title,
    company: fields.text('author company'),
    companySegment: fields.text('author company segment'),
    industry: fields.text('author industry'),
    avatarUrl,
    role: fields.oneOf('author role', ROLES),
  };
  return Object.values(author).every((value) => value === null) ? null : author;
}

function readReplyTo(source: Source, fields: Metadata): number | null {
  const text = fields.text('reply to');
  if (text === null) return null;
  const number = /^comment (\d{1,9})$/i.exec(text)?.[1];
  if (!number) {
    throw source.error(fields.lineOf('reply to'), `"Reply to" is "${text}", which is not "Comment N".`);
  }
  return Number(number);
}

/** Refuses replies to missing comments, replies in a circle, and a second accepted answer. */
export function checkComments(source: Source, comments: readonly ThreadComment[]): void {
  for (const comment of comments) {
    if (comment.replyTo !== null && !comments[comment.replyTo - 1]) {
      throw source.error(comment.line - 1, `it replies to comment ${comment.replyTo}, which does not exist.`);
    }
  }
  // a comment that an earlier start has reached is known to lead to the top level
  const reached = new Map<number, number>();
  for (const start of comments) {
    let at: ThreadComment | undefined = start;
    while (at && !reached.has(at.number)) {
      reached.set(at.number, start.number);
      at = at.replyTo === null ? undefined : comments[at.replyTo - 1];
    }
    if (at && reached.get(at.number) === start.number) {
      throw source.error(at.line - 1, `comment ${at.number} replies to itself, directly or through others.`);
    }
  }
  const [, second] = comments.filter((comment) => comment.isAnswer);
  if (second)
    throw source.error(second.line - 1, 'this is a second accepted answer; a thread has at most one.');
}
