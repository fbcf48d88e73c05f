import type { FastifyInstance } from 'fastify';

/** Why a server cannot take requests. */
export type NotReady = 'DATABASE_UNREACHABLE' | 'MIGRATIONS_PENDING' | 'STOPPING';

/** A probe that gets no answer is a failed probe; two seconds is what most of them wait. */
const ANSWER_MS = 1500;

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, or 503 with the reason as a code. `findFault`
 * resolves to null when it can serve; when it rejects or hangs, that reads as DATABASE_UNREACHABLE.
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
