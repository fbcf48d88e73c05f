import { createHmac, randomBytes } from 'node:crypto';
import type { OperationRequest } from '../../api/operation-request.ts';
import { type Log, RepeatedEvents } from '../../log.ts';
import type { Observer } from './observer.ts';

/** Clients choose names, which may be as long as a body. */
const NAME_CHARS_MAX = 100;
/** The digits of a hash that tell addresses apart. */
const HASH_CHARS = 12;

/**
 * Logs what an operator asks about: slow operations, who is limited, and how many requests an overload refused. Each
 * repeated line is written once a second, with a count.
 */
export function operationLog(log: Log, slowMs: number): Observer {
  // Addresses are personal data, and a plain hash of one can be guessed. The key is forgotten when the process ends.
  const key = randomBytes(32);
  const hashOf = (address: string) =>
    createHmac('sha256', key).update(address).digest('hex').slice(0, HASH_CHARS);
  const limited = new RepeatedEvents<object>();
  const refused = new RepeatedEvents<void>();

  const logLimited = (request: OperationRequest) => {
    const { ip, countedAs, outcome } = request;
    const viewer = countedAs?.startsWith('viewer ') ? countedAs.slice('viewer '.length) : null;
    const operation = nameOf(request);
    const fields = [
      ...new Set(outcome?.refusals.flatMap(({ code, field }) => (isLimit(code) && field) || [])),
    ];
    limited.record(
      `${countedAs ?? ''} ${ip} ${operation}`,
      () => {
        const line = { viewer, address: hashOf(ip), operation, fields };
        log.info({ reqId: request.id, ...line }, 'a rate limit refused an operation');
        return line;
      },
      (line, more) => log.info({ ...line, more }, 'a rate limit refused more operations'),
    );
  };

  return {
    ended: (request) => {
      if (request.outcome?.codes.some(isLimit)) logLimited(request);
      if (slowMs === 0) return;
      const ms = performance.now() - request.receivedAt;
      if (ms < slowMs) return;
      const { id, points, statements } = request;
      const line = { reqId: id, operation: nameOf(request), points, statements, ms: Math.round(ms) };
      log.warn(line, 'a slow operation');
    },
    refused: (overload) =>
      refused.record(
        overload,
        () => log.warn({ overload }, 'overloaded: a request was refused'),
        (_first, more) => log.warn({ overload, more }, 'overloaded: more requests were refused'),
      ),
  };
}

function isLimit(code: string): boolean {
  return code === 'RATE_LIMITED';
}

/** The operation's name, as far as it is known. */
export function nameOf({ outcome, body }: OperationRequest): string | null {
  const sent = (body as { operationName?: unknown } | null | undefined)?.operationName;
  const name = outcome?.name ?? (typeof sent === 'string' ? sent : null);
  return name?.slice(0, NAME_CHARS_MAX) ?? null;
}
