// The forms of records in files, which anybody may have written.
import { z } from 'zod';
import type { ForumRecord } from './records.ts';

/** Without control characters and halves of surrogate pairs, which databases do not store. */
const key = z
  .string()
  .max(200)
  .regex(/^\P{C}+$/u);
const reference = key.nullish();
const text = z.string();
const time = z.iso.datetime({ offset: true });
const count = z.int().min(-2_147_483_648).max(2_147_483_647);
const number = z.int().min(0).max(2_147_483_647);

const entry = { key, name: text, slug: text.nullish() };
const written = {
  ...{ key, body: text, author: reference, createdAt: time, createdAtIsApproximate: z.boolean().optional() },
  ...{ lastEditedAt: time.nullish(), revision: number.min(1).optional(), importedNetVotes: count.optional() },
  ...{ deletedAt: time.nullish(), deletedBy: reference, deletionReason: text.nullish() },
  ...{ metadata: z.record(z.string(), z.unknown()).nullish(), importKey: reference },
};
const subject = { discussion: key.optional(), comment: key.optional() };
const hasOneSubject = (record: { discussion?: string | undefined; comment?: string | undefined }) =>
  (record.discussion === undefined) !== (record.comment === undefined);
const ONE_SUBJECT = { error: 'it needs either `discussion` or `comment`', path: ['discussion'] };
const act = { at: time, by: reference };

const SHAPES = {
  category: z.object({ ...entry, url: text.nullish(), isAnswerable: z.boolean().optional() }),
  product: z.object({ ...entry, url: text.nullish() }),
  tag: z.object(entry),
  author: z.object({
    ...{ key, name: text.nullish(), handle: text.nullish(), title: text.nullish(), company: text.nullish() },
    ...{ companySegment: text.nullish(), industry: text.nullish(), avatarUrl: text.nullish() },
    role: z.enum(['MEMBER', 'VENDOR', 'MODERATOR', 'ADMIN']).optional(),
    ...{ categories: z.array(key).optional(), products: z.array(key).optional() },
    ...{ externalId: text.nullish(), createdAt: time.nullish() },
  }),
  discussion: z.object({
    ...written,
    ...{ title: text, slug: text.nullish(), category: reference, product: reference },
    ...{ tags: z.array(key).optional(), externalId: text.nullish(), oldUrls: z.array(text).optional() },
    viewCount: number.optional(),
    merged: z.object({ at: time, into: key, comment: reference }).optional(),
    pin: z
      .object({ ...act, label: text.nullish(), position: count.optional(), expiresAt: time.nullish() })
      .optional(),
    lock: z
      .object({ ...act, reason: z.enum(['OFF_TOPIC', 'RESOLVED', 'SPAM', 'TOO_HEATED']).nullish() })
      .optional(),
    close: z.object({ ...act, reason: z.enum(['RESOLVED', 'OUTDATED', 'DUPLICATE']).nullish() }).optional(),
  }),
  comment: z.object({
    ...{ ...written, discussion: key, replyTo: reference, oldUrls: z.array(text).optional() },
    ...{ isOfficial: z.boolean().optional(), isVerifiedUser: z.boolean().optional() },
  }),
  revision: z
    .object({
      ...{ ...subject, key, revision: number.min(1), title: text.optional(), body: text },
      ...{ editor: reference, createdAt: time, redactedAt: time.nullish() },
    })
    .refine(hasOneSubject, ONE_SUBJECT),
  vote: z
    .object({
      ...{ ...subject, author: key, value: z.union([z.literal(1), z.literal(-1)]) },
      ...{ createdAt: time, updatedAt: time.optional() },
    })
    .refine(hasOneSubject, ONE_SUBJECT),
  answer: z.object({
    ...{ discussion: key, comment: key, at: time.nullish(), by: reference, revision: number.nullish() },
  }),
  duplicate: z.object({ discussion: key, of: key }),
  split: z.object({ discussion: key, from: key }),
  link: z.object({
    ...{ key, discussion: key, target: reference, title: text, url: text, position: count.optional() },
    ...{ isCurated: z.boolean().optional(), addedBy: reference, createdAt: time.nullish() },
    ...{ createdAtIsApproximate: z.boolean().optional(), commentCount: number.optional() },
  }),
} as const;

/** Reads a record but the header. Returns the reason if it is none: one sentence. */
export function readRecord(value: unknown): ForumRecord | string {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  if (typeof type !== 'string') return 'it is not a record: a record is an object with a `type`.';
  if (!Object.hasOwn(SHAPES, type)) return `no record has the type "${type.slice(0, 40)}".`;
  const result = SHAPES[type as keyof typeof SHAPES].safeParse(value);
  if (result.success) return value as ForumRecord;
  const [issue] = result.error.issues;
  const at = issue?.path.map(String).join('.');
  return `the ${type} is not valid: ${at ? `\`${at}\`: ` : ''}${issue?.message ?? 'unknown reason'}.`;
}

const header = z.object({ type: z.literal('forum'), version: z.int().min(1) });

/** The version in a header. Null if the value is none. */
export function versionIn(value: unknown): number | null {
  const result = header.safeParse(value);
  return result.success ? result.data.version : null;
}
