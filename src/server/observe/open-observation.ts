import type { GraphQLSchema } from 'graphql';
import type { Log } from '../../log.ts';
import type { QueueState } from '../../mail/email-queue.ts';
import type { StoreLoad } from '../../store/index.ts';
import type { Admission } from '../overload/admission.ts';
import type { Connections } from '../overload/open-connections.ts';
import type { PacedRefusals } from '../overload/paced-refusals.ts';
import type { Settings } from '../settings/settings.ts';
import { type Observer, together } from './observer.ts';
import { operationLog } from './operation-log.ts';
import type { Tracing } from './tracing.ts';

interface ObservationParts {
  readonly settings: Pick<Settings, 'host' | 'metricsPort' | 'healthPort' | 'slowOperationMs'>;
  readonly log: Log;
  readonly admission: Admission;
  readonly schema: GraphQLSchema;
  readonly tracing: Tracing | null;
  readonly storeLoad: (() => StoreLoad) | null;
  readonly emailQueue: (() => QueueState) | null;
  readonly connections: Connections;
  readonly refusals: PacedRefusals;
}

interface Observation {
  readonly observer: Required<Observer>;
  close(): Promise<void>;
}

/**
 * Opens what lets an operator see the server from outside: the log of operations, and metrics, spans and the health
 * thread if the settings ask for them. Throws StartError if a port is not available.
 */
export async function openObservation(parts: ObservationParts): Promise<Observation> {
  const { settings, log, tracing } = parts;
  const { host, metricsPort, healthPort, slowOperationMs } = settings;
  const observers: Observer[] = [operationLog(log, slowOperationMs)];
  if (tracing) observers.push(tracing);
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.splice(0)) await end();
  };
  try {
    if (metricsPort !== null) {
      const { createMetrics } = await import('./metrics.ts');
      const { serveMetrics } = await import('./metrics-server.ts');
      const metrics = await createMetrics(parts);
      observers.push(metrics);
      closing.push(await serveMetrics(metrics, { host, port: metricsPort }));
    }
    if (healthPort !== null) {
      const { startHealthThread } = await import('./health-thread.ts');
      closing.push(await startHealthThread(host, healthPort));
    }
    return { observer: together(observers), close };
  } catch (error) {
    await close();
    throw error;
  }
}
