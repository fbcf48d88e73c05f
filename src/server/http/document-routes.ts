// What the routes of feeds, sitemaps and other documents for programs share.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressBlock } from '../../access/address-block.ts';
import type { Context } from '../../access/context.ts';
import { FixedWindows } from '../../access/fixed-window.ts';
import { compressed } from '../../api/http-answer.ts';
import { httpTime } from '../../feeds/index.ts';
import { loadMergedInto } from '../../forum/discussion/index.ts';
import type { MaybePromise } from '../../store/index.ts';
import { refuseUnknownUrl } from './refuse.ts';

export interface DocumentParts {
  /** The context of a guest at an address. */
  readonly guestContext: (address: string) => MaybePromise<Context>;
  /** The address of the client. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the number of requests of an address is limited. */
  readonly isLimited: boolean;
}

export const PLAIN_TEXT = 'text/plain; charset=utf-8';

/** What an address may fetch in a minute: a feed is one point. */
const POINTS = 120;
const PER_SECONDS = 60;
/** How long clients and proxies may use a document without asking again. */
const CACHE_CONTROL = 'public, max-age=60';

/** A document and what tells whether it has changed. */
interface Document {
  readonly type: string;
  readonly etag: string;
  /** Null if unknown. */
  readonly changedAt: number | null;
}

/** Opens contexts for guests, and limits how much each address fetches. */
export class Guests {
  readonly #parts: DocumentParts;
  readonly #windows = new FixedWindows(PER_SECONDS);

  constructor(parts: DocumentParts) {
    this.#parts = parts;
  }

  /** Throws RATE_LIMITED if the address has fewer points left. */
  contextOf({ raw }: FastifyRequest, points: number): MaybePromise<Context> {
    const address = this.#parts.addressOf(raw);
    if (this.#parts.isLimited) this.#windows.consume(addressBlock(address), POINTS, points);
    return this.#parts.guestContext(address);
  }
}

/** Answers with a text. A client that has it already gets 304. */
export async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, changedAt }: Pick<Document, 'type' | 'changedAt'>,
  text: string,
): Promise<FastifyReply> {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 27);
  if (isUnchanged(request, reply, { type, changedAt, etag: `W/"${hash}"` })) return reply.code(304).send();
  const { headers, body } = await compressed(request, {
    status: 200,
    headers: ['vary', 'accept-encoding'],
    body: text,
  });
  for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] as string, headers[at + 1]);
  return reply.send(body);
}

/** Sets the headers of a document. Returns whether the client has it already. */
export function isUnchanged(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, etag, changedAt }: Document,
): boolean {
  reply.headers({ 'cache-control': CACHE_CONTROL, etag });
  reply.type(type);
  const modified = changedAt === null ? null : httpTime(changedAt);
  if (modified !== null) reply.header('last-modified', modified);
  const known = headers['if-none-match'];
  if (known !== undefined) return known.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*');
  // the same time, not a later one: when its newest entry is deleted, a document becomes older
  return modified !== null && headers['if-modified-since'] === modified;
}

/**
 * Answers for a discussion that a guest cannot see: with a redirect if it was merged into one that they can see. It is
 * not permanent, because a merge can be undone.
 */
export async function mergedOrNotFound(
  ctx: Context,
  reply: FastifyReply,
  slug: string,
  pathOf: (slug: string) => string,
): Promise<FastifyReply> {
  const into = await loadMergedInto(ctx, 'slug', slug);
  return into ? reply.redirect(pathOf(encodeURIComponent(into.slug)), 303) : refuseUnknownUrl(reply);
}
