import type { ImportedAuthor } from '../forum/author/index.ts';
import type { DocumentTime } from '../text/imported-time.ts';

export const LOCK_REASONS = ['OFF_TOPIC', 'RESOLVED', 'SPAM', 'TOO_HEATED'] as const;
export const CLOSE_REASONS = ['RESOLVED', 'OUTDATED', 'DUPLICATE'] as const;

/** An author, as far as the document describes them. At least one member is not null. */
export interface ThreadAuthor extends Omit<ImportedAuthor, 'externalId'> {
  /** The same person has the same id in all documents. Null: an author of this document alone. */
  readonly id: string | null;
}

/** The common part of a post and a comment. All text is decoded. */
export interface ThreadText {
  /** The line of its heading, counted from 1. */
  readonly line: number;
  readonly body: string;
  /** Identifies the thread or the comment in the place that it comes from. Null if it is not given. */
  readonly id: string | null;
  readonly author: ThreadAuthor | null;
  readonly postedAt: DocumentTime | null;
  readonly lastEditedAt: DocumentTime | null;
  readonly netUpvotes: number;
  /** Metadata that the forum has no field for, unchanged. Null: none. */
  readonly metadata: Readonly<Record<string, string>> | null;
}

export interface ThreadPost extends ThreadText {
  readonly title: string;
  /** The page that the thread comes from. Null if it is not given. */
  readonly url: string | null;
  readonly tags: readonly string[];
  /** Null: not pinned. */
  readonly pin: { readonly label: string | null; readonly until: Date | null } | null;
  /** Null: not locked. */
  readonly lock: { readonly reason: (typeof LOCK_REASONS)[number] | null } | null;
  /** Null: not closed. */
  readonly close: { readonly reason: (typeof CLOSE_REASONS)[number] | null } | null;
}

export interface ThreadComment extends ThreadText {
  readonly number: number;
  /** The number of the comment that it replies to. Null for a top-level comment. */
  readonly replyTo: number | null;
  readonly isAnswer: boolean;
  readonly isOfficial: boolean;
  readonly isVerifiedUser: boolean;
  readonly isDeleted: boolean;
}

export interface ThreadLink {
  readonly name: string;
  /** Null if the document names it without a link. */
  readonly url: string | null;
}

export interface ThreadRelated {
  readonly title: string;
  readonly url: string;
  readonly postedAt: DocumentTime | null;
  readonly commentCount: number;
}

/** A part of a document that was ignored or is ambiguous. It does not stop the import. */
export interface ThreadWarning {
  readonly line: number;
  readonly message: string;
}

/** A parsed thread document. docs/thread-documents.md describes the format. */
export interface ThreadDocument {
  readonly post: ThreadPost;
  /** In page order, which may differ from the order of time. Numbered from 1. */
  readonly comments: readonly ThreadComment[];
  readonly product: ThreadLink | null;
  readonly category: ThreadLink | null;
  readonly related: readonly ThreadRelated[];
  readonly warnings: readonly ThreadWarning[];
}

/** A document cannot be imported. The message is one sentence that begins with the file and the line. */
export class ThreadDocumentError extends Error {
  override readonly name = 'ThreadDocumentError';
  readonly fileName: string;
  readonly line: number;

  constructor(fileName: string, line: number, reason: string) {
    super(`${fileName}:${line}: ${reason}`);
    this.fileName = fileName;
    this.line = line;
  }
}
