import type { FastifyInstance } from 'fastify';
import type { Unavailability } from '../../store/index.ts';

/** The reason why a server is not ready, by the dependency that fails. */
export type NotReady = Unavailability | 'MIGRATIONS_PENDING' | 'STOPPING';

/** Most probes fail after two seconds without an answer. */
const ANSWER_MS = 1500;

/**
 * `/health/live` answers if the process runs. `/health/ready` answers whether it can serve; if not, it sends 503 with
 * the reason as a code. `findFault` resolves to null if the server is ready. If it rejects or hangs, the reason is
 * DATABASE_UNREACHABLE.
 */
export function installHealth(app: FastifyInstance, findFault: () => Promise<NotReady | null>): void {
  app.get('/health/live', { logLevel: 'warn' }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  });
  app.get('/health/ready', { logLevel: 'warn' }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const reason = await inTime(findFault());
    if (reason === null) return { status: 'ready' };
    reply.code(503);
    return { status: 'unavailable', reason };
  });
}

async function inTime(fault: Promise<NotReady | null>): Promise<NotReady | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<NotReady>((resolve) => {
    timer = setTimeout(() => resolve('DATABASE_UNREACHABLE'), ANSWER_MS);
  });
  try {
    return await Promise.race([fault.catch((): NotReady => 'DATABASE_UNREACHABLE'), late]);
  } finally {
    clearTimeout(timer);
  }
}
