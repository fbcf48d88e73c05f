import type { GraphQLSchema } from 'graphql';
import type { Registry } from 'prom-client';
import type { QueueState } from '../../mail/email-queue.ts';
import type { StoreLoad } from '../../store/index.ts';
import type { Admission } from '../overload/admission.ts';
import type { Connections } from '../overload/open-connections.ts';
import type { PacedRefusals } from '../overload/paced-refusals.ts';
import type { Observer } from './observer.ts';
import { nameOf } from './operation-log.ts';

/** Clients choose names of operations: this many are told apart, the rest are counted together. */
const NAMES_MAX = 100;
const OTHER = 'other';

/** Seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

interface Measured {
  readonly schema: GraphQLSchema;
  readonly admission: Admission;
  readonly connections: Pick<Connections, 'count'>;
  readonly refusals: Pick<PacedRefusals, 'waiting'>;
  readonly storeLoad: (() => StoreLoad) | null;
  readonly emailQueue: (() => QueueState) | null;
}

/** Counts for Prometheus. `read` returns its text format. */
export interface Metrics extends Observer {
  readonly contentType: string;
  read(): Promise<string>;
}

export async function createMetrics(measured: Measured): Promise<Metrics> {
  // loaded on demand: most servers have no metrics
  const { default: prometheus } = await import('prom-client');
  const registers = [new prometheus.Registry()];
  const [registry] = registers as [Registry];
  prometheus.collectDefaultMetrics({ register: registry });

  const durations = new prometheus.Histogram({
    ...{ registers, name: 'parley_operation_duration_seconds', labelNames: ['operation'] },
    ...{ help: 'Time from the arrival of an operation to its answer.', buckets: BUCKETS },
  });
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new prometheus.Counter({ registers, name, help, labelNames });
  const errors = counter('parley_errors_total', 'Errors in answers by code and root field.', 'code', 'field');
  const lookups = counter('parley_cache_lookups_total', 'Lookups in the response cache.', 'result');
  const refused = counter('parley_overload_refusals_total', 'Requests refused unread.', 'reason');
  const faults = counter('parley_faults_total', 'Errors that are no refusals, by origin.', 'origin');

  const gauge = (name: string, help: string, read: () => number) =>
    new prometheus.Gauge({ registers, name, help, collect: collector(read) });
  const { admission, connections, refusals, storeLoad, emailQueue } = measured;
  gauge('parley_operations_in_flight', 'Operations in progress.', () => admission.inFlight);
  gauge('parley_operations_in_flight_limit', 'Their present limit.', () => admission.limit);
  gauge('parley_http_connections', 'Open HTTP connections.', () => connections.count);
  gauge('parley_refusals_waiting', 'Requests that wait for their refusal.', () => refusals.waiting);
  if (storeLoad) installStore(gauge, storeLoad);
  if (emailQueue) installEmails(gauge, emailQueue);

  const bounded = boundedNames();
  const fields = rootFieldsOf(measured.schema);
  return {
    ended: (request) => {
      const seconds = (performance.now() - request.receivedAt) / 1000;
      durations.observe({ operation: bounded(nameOf(request) ?? '') }, seconds);
      if (request.isCached !== null) lookups.inc({ result: request.isCached ? 'hit' : 'miss' });
      for (const { code, field } of request.outcome?.refusals ?? [])
        errors.inc({ code, field: fields.has(field) ? field : OTHER });
    },
    refused: (reason, requests) => refused.inc({ reason }, requests),
    fault: (error) => faults.inc({ origin: isOfDatabase(error) ? 'database' : 'other' }),
    contentType: registry.contentType,
    read: () => registry.metrics(),
  };
}

type AddGauge = (name: string, help: string, read: () => number) => unknown;

function installStore(gauge: AddGauge, load: () => StoreLoad): void {
  gauge('parley_store_waiting_writes', 'Writes that wait for their turn.', () => load().waitingWrites);
  gauge('parley_store_waiting_reads', 'Reads that wait for a connection.', () => load().waitingReads);
  gauge('parley_store_connections', 'Open connections to the database.', () => load().connections);
  gauge('parley_store_log_bytes', "Size of SQLite's write-ahead log.", () => load().logBytes ?? 0);
}

function installEmails(gauge: AddGauge, state: () => QueueState): void {
  const ageOf = (at: number | null) => (at === null ? 0 : Math.max(0, (Date.now() - at) / 1000));
  gauge('parley_emails_waiting', 'E-mails that wait to be sent.', () => state().waiting);
  gauge('parley_emails_oldest_seconds', 'Age of the oldest of them.', () => ageOf(state().oldestAt));
}

/** prom-client calls it with the gauge as `this`. */
function collector(read: () => number) {
  return function collect(this: { set(value: number): void }) {
    this.set(read());
  };
}

function boundedNames(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= NAMES_MAX) return OTHER;
    known.add(name);
    return name;
  };
}

/** An error's path begins with an alias if the client gave one, so only names of the schema are labels. */
function rootFieldsOf(schema: GraphQLSchema): ReadonlySet<string> {
  const types = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
  return new Set(types.flatMap((type) => Object.keys(type.getFields())));
}

/** Whether an error has the code of SQLite, of PostgreSQL (SQLSTATE), of Prisma, or of a broken connection. */
function isOfDatabase(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(?:SQLITE_\w+|[0-9A-Z]{5}|P\d{4}|E[A-Z]+)$/.test(code);
}
