// The records of a forum's export, which docs/moving.md describes for people. `parley export` writes them as JSON Lines,
// and `parley import` reads them from such a file or from a converter of another program's export (sources/).
//
// A record refers to others by their keys, and comes after them. Members that are omitted or null say nothing. Times are
// in ISO 8601, in UTC. Texts are Markdown in plain characters, without entities of HTML.

/** The version of the records. Change it when an older importer would read a newer file wrongly. */
export const RECORDS_VERSION = 2;

/**
 * Identifies a record among all of its type, in every export of its forum: a row id of Parley, which becomes the row's
 * id here too, or a name such as `stackexchange:SITE:post:12`. An import finds the row again by it. At most 450
 * characters.
 */
export type RecordKey = string;

/** The first record of a file. */
export interface ForumHeader {
  readonly type: 'forum';
  readonly version: number;
  /** Whose view it is: what others may not see is not in the file. */
  readonly as?: ExportRole | undefined;
}

export type ExportRole = 'guest' | 'member' | 'moderator' | 'admin';

export interface CategoryRecord {
  readonly type: 'category';
  readonly key: RecordKey;
  readonly name: string;
  /** Made from the name if omitted. The entry here that has the same name is taken for the same one. */
  readonly slug?: string | null | undefined;
  readonly url?: string | null | undefined;
  /** Whether a comment can be accepted as the answer. Default: true. */
  readonly isAnswerable?: boolean | undefined;
}

export interface ProductRecord {
  readonly type: 'product';
  readonly key: RecordKey;
  readonly name: string;
  readonly slug?: string | null | undefined;
  readonly url?: string | null | undefined;
}

export interface TagRecord {
  readonly type: 'tag';
  readonly key: RecordKey;
  readonly name: string;
  readonly slug?: string | null | undefined;
}

/** A person. There is no member for an e-mail address, a password or anything else that an account keeps. */
export interface AuthorRecord {
  readonly type: 'author';
  readonly key: RecordKey;
  readonly name?: string | null | undefined;
  /** The name in mentions. Converters omit it: then the author cannot be mentioned. */
  readonly handle?: string | null | undefined;
  readonly role?: 'MEMBER' | 'VENDOR' | 'MODERATOR' | 'ADMIN' | undefined;
  /** The categories that a moderator moderates, and the products that a vendor represents. */
  readonly categories?: readonly RecordKey[] | undefined;
  readonly products?: readonly RecordKey[] | undefined;
  /** A job title, or a rank in the other forum. */
  readonly title?: string | null | undefined;
  readonly company?: string | null | undefined;
  readonly companySegment?: string | null | undefined;
  readonly industry?: string | null | undefined;
  readonly avatarUrl?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  /** Default: the time of the import. */
  readonly createdAt?: string | null | undefined;
}

/** What discussions and comments share. */
interface TextRecord {
  readonly key: RecordKey;
  /** In Markdown. Empty in a discussion that has `merged`, and may be empty in a comment that has `deletedAt`; in no other text. */
  readonly body: string;
  /** Null: unknown or anonymous. */
  readonly author?: RecordKey | null | undefined;
  readonly createdAt: string;
  /** Whether the time was read from a phrase such as "3 years ago". */
  readonly createdAtIsApproximate?: boolean | undefined;
  readonly lastEditedAt?: string | null | undefined;
  /** The revision of the text. Default: 1. The earlier ones are `revision` records. */
  readonly revision?: number | undefined;
  readonly deletedAt?: string | null | undefined;
  readonly deletedBy?: RecordKey | null | undefined;
  readonly deletionReason?: string | null | undefined;
  /** Upvotes minus downvotes of people who have no `vote` record. Omitted: not counted. */
  readonly importedNetVotes?: number | undefined;
  /** Further facts for which there is no member. */
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  /** Which thread document it came from. */
  readonly importKey?: string | null | undefined;
}

export interface DiscussionRecord extends TextRecord {
  readonly type: 'discussion';
  readonly title: string;
  /** Made from the title if omitted, and numbered if another discussion here has it. */
  readonly slug?: string | null | undefined;
  readonly category?: RecordKey | null | undefined;
  readonly product?: RecordKey | null | undefined;
  readonly tags?: readonly RecordKey[] | undefined;
  /** The host's key, unique in a forum. A discussion here that has it is the same one. */
  readonly externalId?: string | null | undefined;
  /**
   * Its addresses in the other forum: URLs, or paths that begin with "/". `discussion(url:)` finds it by them. One that
   * ends in "/*" stands for all below it.
   */
  readonly oldUrls?: readonly string[] | undefined;
  readonly viewCount?: number | undefined;
  /**
   * Where its question and comments are if it was merged: its old names lead there. Its body is empty, and it comes after
   * all that were not merged. Since version 2.
   */
  readonly merged?: {
    readonly at: string;
    /** A discussion that was not merged itself. */
    readonly into: RecordKey;
    /** The comment that the question has become. */
    readonly comment?: RecordKey | null | undefined;
  };
  readonly pin?: {
    readonly at: string;
    readonly by?: RecordKey | null | undefined;
    readonly label?: string | null | undefined;
    readonly position?: number | undefined;
    readonly expiresAt?: string | null | undefined;
  };
  readonly lock?: {
    readonly at: string;
    readonly by?: RecordKey | null | undefined;
    readonly reason?: 'OFF_TOPIC' | 'RESOLVED' | 'SPAM' | 'TOO_HEATED' | null | undefined;
  };
  /** A duplicate is closed with the reason DUPLICATE, and a `duplicate` record names the original. */
  readonly close?: {
    readonly at: string;
    readonly by?: RecordKey | null | undefined;
    readonly reason?: 'RESOLVED' | 'OUTDATED' | 'DUPLICATE' | null | undefined;
  };
}

export interface CommentRecord extends TextRecord {
  readonly type: 'comment';
  readonly discussion: RecordKey;
  /** The comment that it replies to. Null: it is at the top level. */
  readonly replyTo?: RecordKey | null | undefined;
  /** Addresses that lead to its discussion. */
  readonly oldUrls?: readonly string[] | undefined;
  /** Written for the vendor of the product. */
  readonly isOfficial?: boolean | undefined;
  readonly isVerifiedUser?: boolean | undefined;
}

/** An earlier text of a discussion or a comment, with the edit that replaced it. */
export interface RevisionRecord {
  readonly type: 'revision';
  readonly key: RecordKey;
  /** One of the two. */
  readonly discussion?: RecordKey | undefined;
  readonly comment?: RecordKey | undefined;
  /** From 1 to the present one's number minus 1. */
  readonly revision: number;
  /** The title of a discussion's. */
  readonly title?: string | undefined;
  readonly body: string;
  readonly editor?: RecordKey | null | undefined;
  readonly createdAt: string;
  readonly redactedAt?: string | null | undefined;
}

/** The vote of an author. */
export interface VoteRecord {
  readonly type: 'vote';
  /** One of the two. */
  readonly discussion?: RecordKey | undefined;
  readonly comment?: RecordKey | undefined;
  readonly author: RecordKey;
  readonly value: 1 | -1;
  readonly createdAt: string;
  /** Default: `createdAt`. */
  readonly updatedAt?: string | undefined;
}

/** The comment that was accepted as a discussion's answer. */
export interface AnswerRecord {
  readonly type: 'answer';
  readonly discussion: RecordKey;
  readonly comment: RecordKey;
  /** Default: the comment's time. */
  readonly at?: string | null | undefined;
  readonly by?: RecordKey | null | undefined;
  /** Which revision of the comment was accepted. */
  readonly revision?: number | null | undefined;
}

/** The original of a discussion that is closed as a duplicate. */
export interface DuplicateRecord {
  readonly type: 'duplicate';
  readonly discussion: RecordKey;
  readonly of: RecordKey;
}

/** The discussion from whose comments another one was made. Since version 2. */
export interface SplitRecord {
  readonly type: 'split';
  readonly discussion: RecordKey;
  readonly from: RecordKey;
}

/** A link from a discussion to a related one, here or elsewhere. */
export interface LinkRecord {
  readonly type: 'link';
  readonly key: RecordKey;
  readonly discussion: RecordKey;
  /** The discussion that it leads to. It may come later in the file. */
  readonly target?: RecordKey | null | undefined;
  readonly title: string;
  readonly url: string;
  readonly position?: number | undefined;
  /** Whether a person chose it. */
  readonly isCurated?: boolean | undefined;
  readonly addedBy?: RecordKey | null | undefined;
  readonly createdAt?: string | null | undefined;
  readonly createdAtIsApproximate?: boolean | undefined;
  readonly commentCount?: number | undefined;
}

export type ForumRecord =
  | ForumHeader
  | CategoryRecord
  | ProductRecord
  | TagRecord
  | AuthorRecord
  | DiscussionRecord
  | CommentRecord
  | RevisionRecord
  | VoteRecord
  | AnswerRecord
  | DuplicateRecord
  | SplitRecord
  | LinkRecord;
