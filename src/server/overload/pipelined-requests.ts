// Divides pipelined requests without parsing them, so that an overloaded server can refuse them together: to parse and
// refuse each by itself would cost a tenth of an answer.
import { GRAPHQL_PATH } from '../../api/operation-request.ts';

export const HEAD_END = Buffer.from('\r\n\r\n');

interface Complete {
  /** The heads of the requests at the beginning of the bytes, without their last empty line. */
  readonly heads: readonly string[];
  /** Their length, bodies included. */
  readonly bytes: number;
}

/**
 * Finds complete requests to /graphql whose length is beyond doubt. Stops at the first request that is something else,
 * which Node's parser must judge.
 */
export function completeRequests(bytes: Buffer, max = Number.POSITIVE_INFINITY): Complete {
  const heads: string[] = [];
  let at = 0;
  while (heads.length < max) {
    const headEnd = bytes.indexOf(HEAD_END, at);
    if (headEnd < 0) break;
    const head = bytes.toString('latin1', at, headEnd);
    const body = certainBodyBytes(head);
    const end = headEnd + HEAD_END.length + (body ?? 0);
    if (body === null || end > bytes.length) break;
    heads.push(head);
    at = end;
  }
  return { heads, bytes: at };
}

/** No control characters, and no folded lines, which parsers read differently. */
const PLAIN_HEAD = /^(?:GET|POST) (\S+) HTTP\/1\.1(?:\r\n[\w-]+:[^\r\n\0]*)*$/;

/** Null if it is not certain. */
function certainBodyBytes(head: string): number | null {
  const path = PLAIN_HEAD.exec(head)?.[1];
  if (path !== GRAPHQL_PATH && !path?.startsWith(`${GRAPHQL_PATH}?`)) return null;
  if (/\r\n(?:transfer-encoding|connection|upgrade|expect):/i.test(head)) return null;
  const lengths = [...head.matchAll(/\r\ncontent-length:([^\r\n]*)/gi)];
  const [, length = '0'] = lengths[0] ?? [];
  return lengths.length <= 1 && /^ *\d{1,9} *$/.test(length) ? Number(length) : null;
}
