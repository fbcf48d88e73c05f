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

/** A text of the document and where it stands. */
interface Place {
  readonly line: number;
  readonly body: string;
}

/** Exported threads have the reason for pinning in the slot of the author's title. */
const PIN_LABEL = /^pinned by \S/i;

/** The post from its title, its text and its metadata; takes every key that it knows. */
export function readPost(source: Source, fields: Metadata, title: string, place: Place): ThreadPost {
  const authorTitle = fields.text('author title');
  const isPinLabel = authorTitle !== null && PIN_LABEL.test(authorTitle);
  const author = readAuthor(source, fields, isPinLabel ? null : authorTitle);
  const tags = fields.text('tags')?.split(',') ?? [];
  const label = fields.text('pinned') ?? (isPinLabel ? authorTitle : null);
  const until = fields.instant('pinned until');
  if (until && label === null) {
    throw source.error(fields.lineOf('pinned until'), '"Pinned until" is given without "Pinned".');
  }
  return {
    ...readText(fields, place, author),
    title,
    tags: [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))],
    pin: label === null ? null : { label, until },
    lock: fields.has('locked') ? { reason: fields.oneOf('locked', LOCK_REASONS) } : null,
    close: fields.has('closed') ? { reason: fields.oneOf('closed', CLOSE_REASONS) } : null,
    metadata: fields.rest(),
  };
}

/** A comment from its number, its text and its metadata; takes every key that it knows. */
export function readComment(source: Source, fields: Metadata, number: number, place: Place): ThreadComment {
  const author = readAuthor(source, fields, fields.text('author title'));
  return {
    ...readText(fields, place, author),
    number,
    replyTo: readReplyTo(source, fields),
    isAnswer: fields.flag('accepted answer'),
    isOfficial: fields.flag('official response'),
    isVerifiedUser: fields.flag('verified user'),
    isDeleted: fields.flag('deleted'),
    metadata: fields.rest(),
  };
}

function readText(fields: Metadata, place: Place, author: ThreadAuthor | null): Omit<ThreadText, 'metadata'> {
  return {
    ...place,
    author,
    postedAt: fields.time('posted at'),
    lastEditedAt: fields.time('last edited at'),
    netUpvotes: fields.whole('net upvotes'),
  };
}

function readAuthor(source: Source, fields: Metadata, title: string | null): ThreadAuthor | null {
  const avatar = fields.text('author avatar');
  const avatarUrl = avatar === null ? null : webAddress(avatar);
  if (avatar !== null && avatarUrl === null) {
    throw source.error(
      fields.lineOf('author avatar'),
      `"Author avatar" is "${avatar}", which is no web address.`,
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

/** An entry of PostgreSQL's index on addresses holds 2704 bytes. */
const ADDRESS_CHARS_MAX = 2_000;

/** The text as an absolute http or https address that the API can give as a URI; null: it is none. */
export function webAddress(text: string): string | null {
  if (!/^https?:\/\/[^\s<>"]+$/i.test(text) || !URL.canParse(text)) return null;
  // other people's addresses are kept to the letter, but for letters that no URI can have
  const address = /^[!-~]+$/.test(text) ? text : new URL(text).href;
  return address.length <= ADDRESS_CHARS_MAX ? address : null;
}
