import { ROLES } from '../access/viewer.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_COMPANY_SEGMENT,
  AUTHOR_INDUSTRY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
} from '../forum/author/index.ts';
import { ENTRY_NAME } from '../forum/catalog/index.ts';
import { PIN_LABEL } from '../forum/discussion/index.ts';
import { nameFault } from '../text/text-rules.ts';
import { webAddress } from './links.ts';
import type { Metadata } from './metadata.ts';
import type { Source } from './source.ts';
import {
  CLOSE_REASONS,
  LOCK_REASONS,
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
const PINNED_BY = /^pinned by \S/i;

/** Makes the post from its title, body and metadata. */
export function readPost(
  source: Source,
  fields: Metadata,
  title: string,
  body: Body,
  asOf: Date | null,
): ThreadPost {
  const isPinLabel = PINNED_BY.test(fields.peek('author title') ?? '');
  const pinnedBy = isPinLabel ? fields.ruled('author title', PIN_LABEL) : null;
  const author = readAuthor(source, fields);
  const tags = fields.text('tags')?.split(/[,，、]/) ?? [];
  const label = fields.ruled('pinned', PIN_LABEL) ?? pinnedBy;
  const until = fields.instant('pinned until');
  if (until && label === null) {
    source.warn(fields.lineOf('pinned until'), '"Pinned until" requires "Pinned"; it is left out');
  }
  return {
    ...readText(fields, body, author, asOf),
    title,
    url: fields.text('url'),
    tags: readTags(source, fields, tags),
    pin: label === null ? null : { label, until },
    lock: readState(fields, 'locked', LOCK_REASONS),
    close: readState(fields, 'closed', CLOSE_REASONS),
    metadata: fields.rest(),
  };
}

function readTags(source: Source, fields: Metadata, names: readonly string[]): string[] {
  const tags = new Set<string>();
  for (const name of names.map((tag) => tag.trim().normalize('NFC')).filter((tag) => tag !== '')) {
    const fault = nameFault(name, ENTRY_NAME);
    if (fault === null) tags.add(name);
    else
      source.warn(
        fields.lineOf('tags'),
        `the tag "${name.slice(0, 50).toWellFormed()}" is left out: ${fault}`,
      );
  }
  return [...tags];
}

/** A lock or a closing. A reason that is not known is left out with a warning; "yes" is a state without a reason. */
function readState<T extends string>(
  fields: Metadata,
  key: string,
  reasons: readonly T[],
): { reason: T | null } | null {
  const value = fields.peek(key);
  if (value === null) return null;
  if (/^(?:yes|true|no|false)$/i.test(value)) return fields.flag(key) ? { reason: null } : null;
  return { reason: fields.oneOf(key, reasons) };
}

/** Makes a comment from its number, body and metadata. */
export function readComment(
  source: Source,
  fields: Metadata,
  number: number,
  body: Body,
  asOf: Date | null,
): ThreadComment {
  const author = readAuthor(source, fields);
  return {
    ...readText(fields, body, author, asOf),
    number,
    replyTo: readReplyTo(source, fields),
    isAnswer: fields.flag('accepted answer'),
    isOfficial: fields.flag('official response'),
    isVerifiedUser: fields.flag('verified user'),
    isDeleted: fields.flag('deleted'),
    metadata: fields.rest(),
  };
}

function readText(
  fields: Metadata,
  body: Body,
  author: ThreadAuthor | null,
  asOf: Date | null,
): Omit<ThreadText, 'metadata'> {
  return {
    ...body,
    id: fields.text('id'),
    author,
    postedAt: fields.time('posted at', asOf),
    lastEditedAt: fields.time('last edited at', asOf),
    netUpvotes: fields.integer('net upvotes'),
  };
}

function readAuthor(source: Source, fields: Metadata): ThreadAuthor | null {
  const avatar = fields.text('author avatar');
  const avatarUrl = avatar === null ? null : webAddress(avatar);
  if (avatar !== null && avatarUrl === null) {
    source.warn(fields.lineOf('author avatar'), '"Author avatar" is not a web address; it is left out');
  }
  const author = {
    id: fields.text('author id'),
    name: fields.ruled('author name', AUTHOR_NAME),
    title: fields.ruled('author title', AUTHOR_TITLE),
    company: fields.ruled('author company', AUTHOR_COMPANY),
    companySegment: fields.ruled('author company segment', AUTHOR_COMPANY_SEGMENT),
    industry: fields.ruled('author industry', AUTHOR_INDUSTRY),
    avatarUrl,
    role: fields.oneOf('author role', ROLES),
  };
  return Object.values(author).every((value) => value === null) ? null : author;
}

function readReplyTo(source: Source, fields: Metadata): number | null {
  const text = fields.text('reply to');
  if (text === null) return null;
  const number = /^(?:comment ?)?#?0*([1-9]\d{0,8})$/i.exec(text.normalize('NFKC'))?.[1];
  if (!number) {
    source.warn(fields.lineOf('reply to'), '"Reply to" is not "Comment N"; it is left out');
    return null;
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
