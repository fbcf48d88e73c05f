import { createHash } from 'node:crypto';
import type { WebRequest } from './web-request.ts';

export function etagOf(body: string | Buffer): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/** Whether the client has a copy with this tag already, and is answered with 304. */
export function hasCopy({ headers }: Pick<WebRequest, 'headers'>, etag: string): boolean {
  const sent = headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  return sent.includes(etag);
}
