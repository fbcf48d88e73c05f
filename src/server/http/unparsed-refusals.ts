import { LRUCache } from 'lru-cache';
import type { Settings } from '../settings/settings.ts';
import { withCommonHeaders } from './headers.ts';
import { bytesOf } from './refuse.ts';
import { OVERLOADED, unavailable } from './refused-operation.ts';
import { requestIdFor } from './request-log.ts';

/** Clients choose their `accept` and `origin`: this many kinds of refusals are cached, if they are not longer than that. */
const KINDS_MAX = 100;
const KIND_CHARS_MAX = 500;

/** Stands for the id in a cached refusal. */
const ID = '00000000-0000-4000-8000-000000000000';

/**
 * Makes the refusals of requests that are not parsed, from their heads. They are what the same requests would be refused
 * with after parsing, for a fraction of the time.
 */
export function unparsedRefusals(origins: Settings['corsOrigins']): (heads: readonly string[]) => string {
  const kinds = new LRUCache<string, readonly string[]>({ max: KINDS_MAX });
  const partsOf = (head: string): readonly string[] => {
    const method = head.slice(0, head.indexOf(' '));
    const [accept, origin] = [valueIn(head, ACCEPT), valueIn(head, ORIGIN)];
    const authorization = valueIn(head, AUTHORIZATION) && 'some';
    const kind = JSON.stringify([method, accept, origin, authorization]);
    const known = kinds.get(kind);
    if (known) return known;
    const headers = {
      ...(accept !== undefined && { accept }),
      ...(origin !== undefined && { origin }),
      ...(authorization !== undefined && { authorization }),
    };
    const answer = unavailable({ method, headers }, OVERLOADED);
    const all = withCommonHeaders(origins, { id: ID, headers }, answer.headers);
    const parts = bytesOf({ ...answer, headers: all })
      .toString()
      .split(ID);
    if (kind.length <= KIND_CHARS_MAX) kinds.set(kind, parts);
    return parts;
  };
  return (heads) => heads.map((head) => partsOf(head).join(requestIdFor(valueIn(head, REQUEST_ID)))).join('');
}

const line = (name: string) => new RegExp(`\\r\\n${name}:[ \\t]*([^\\r\\n]*)`, 'i');
const [ACCEPT, ORIGIN, AUTHORIZATION, REQUEST_ID] = [
  line('accept'),
  line('origin'),
  line('authorization'),
  line('x-request-id'),
];

function valueIn(head: string, header: RegExp): string | undefined {
  return header.exec(head)?.[1]?.trimEnd();
}
