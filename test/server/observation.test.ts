import { context, ProxyTracerProvider, propagation, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { RepeatedEvents } from '../../src/log.ts';
import { openTracing } from '../../src/server/observe/tracing.ts';
import { openApps, send } from '../support/app.ts';
import { freePort } from '../support/free-port.ts';
import { startTiny } from './tiny-server.ts';

const read = async (url: string) => (await fetch(url)).text();

describe('/metrics', () => {
  test('counts operations by name, errors by code and field, and shows the process', async () => {
    const metricsPort = await freePort();
    const { query } = await startTiny({ metricsPort });
    await query('query Greeting { hello }');
    await query('query Refused { anyName: refuses refuses }');
    const text = await read(`http://127.0.0.1:${metricsPort}/metrics`);
    expect(text).toContain('parley_operation_duration_seconds_count{operation="Greeting"} 1');
    expect(text).toContain('parley_errors_total{code="BAD_USER_INPUT",field="refuses"} 1');
    expect(text).toContain('parley_errors_total{code="BAD_USER_INPUT",field="other"} 1');
    expect(text).toMatch(/^parley_operations_in_flight 0$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  });

  test('tells a hundred names of operations apart, and counts the rest together', async () => {
    const metricsPort = await freePort();
    const { query } = await startTiny({ metricsPort });
    for (let n = 0; n < 120; n++) await query(`query Q${n} { hello }`);
    const text = await read(`http://127.0.0.1:${metricsPort}/metrics`);
    const counts = text.match(/^parley_operation_duration_seconds_count.*$/gm) ?? [];
    expect(counts).toHaveLength(101);
    expect(text).toContain('parley_operation_duration_seconds_count{operation="other"} 20');
  });

  test('shows the cache and the store of the forum', async () => {
    const apps = await openApps();
    onTestFinished(() => apps.close());
    const metricsPort = await freePort();
    const app = await apps.open({ METRICS_PORT: String(metricsPort) });
    for (let n = 0; n < 3; n++) await send(app, '{ categories(first: 1) { totalCount } }');
    const text = await read(`http://127.0.0.1:${metricsPort}/metrics`);
    expect(text).toContain('parley_cache_lookups_total{result="miss"} 1');
    expect(text).toContain('parley_cache_lookups_total{result="hit"} 2');
    expect(text).toMatch(/^parley_store_log_bytes \d+$/m);
  });
});

describe('the health port', () => {
  test('answers liveness from a thread of its own', async () => {
    const healthPort = await freePort();
    await startTiny({ healthPort });
    const answer = await fetch(`http://127.0.0.1:${healthPort}/health/live`);
    expect([answer.status, await answer.json()]).toMatchObject([200, { status: 'live' }]);
    expect((await fetch(`http://127.0.0.1:${healthPort}/graphql`)).status).toBe(404);
  });

  test('ends the start in one sentence if the port is in use', async () => {
    const healthPort = await freePort();
    await startTiny({ healthPort });
    await expect(startTiny({ healthPort })).rejects.toThrow(
      `HEALTH_PORT is ${healthPort}, which cannot be listened on (EADDRINUSE).`,
    );
    await expect(startTiny({ metricsPort: healthPort })).rejects.toThrow(
      `METRICS_PORT is ${healthPort}, which cannot be listened on (EADDRINUSE).`,
    );
  });
});

describe('the log', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('names a slow operation, and its cost', async () => {
    const { query, gate, lines } = await startTiny({ slowOperationMs: 20 });
    const slow = query('query Slow { waits }');
    await gate.reachedBy(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    gate.open();
    await slow;
    const line = lines.find(({ msg }) => msg === 'a slow operation');
    expect(line).toMatchObject({ operation: 'Slow', points: 1, statements: 0 });
    expect(line?.['ms']).toBeGreaterThanOrEqual(20);
  });

  test('has the same fault once a second, under one incident', async () => {
    const { query, lines } = await startTiny();
    const incidents = [];
    for (let n = 0; n < 3; n++)
      incidents.push((await query('{ fails }')).body.errors?.[0]?.extensions['incident']);
    const faults = lines.filter(({ msg }) => msg === 'a request met a fault');
    expect(faults.map(({ incident }) => incident)).toEqual([...new Set(incidents)]);
    expect(faults.length).toBeLessThan(3);
  });

  test('counts what followed an event within a second', () => {
    vi.useFakeTimers();
    const events = new RepeatedEvents<number>();
    const more: number[] = [];
    const record = (key: string, value: number) =>
      events.record(
        key,
        () => value,
        (first, count) => more.push(first, count),
      );
    expect([record('a', 1), record('a', 2), record('b', 3), record('a', 4)]).toEqual([1, 1, 3, 1]);
    vi.advanceTimersByTime(1000);
    expect(more).toEqual([1, 2]);
    expect(record('a', 5)).toBe(5);
  });

  test('says who is limited: the viewer, a hash of the address, the operation, the field', async () => {
    const { query, lines } = await startTiny();
    await query('query Hasty { slowDown }');
    expect(lines.find(({ msg }) => msg === 'a rate limit refused an operation')).toMatchObject({
      viewer: null,
      operation: 'Hasty',
      fields: ['slowDown'],
      address: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    expect(JSON.stringify(lines)).not.toContain('127.0.0.1');
  });
});

describe('spans', () => {
  afterEach(() => {
    trace.disable();
    context.disable();
    propagation.disable();
  });

  test('are not made without a provider', () => {
    expect(trace.getTracerProvider()).toBeInstanceOf(ProxyTracerProvider);
    expect(openTracing()).toBeNull();
  });

  test('continue the trace of `traceparent`: the operation, its transaction, its statements', async () => {
    const exporter = new InMemorySpanExporter();
    const spanProcessors = [new SimpleSpanProcessor(exporter)];
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }));
    const apps = await openApps();
    onTestFinished(() => apps.close());
    const app = await apps.open();
    const key = await apps.key('ada');
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const query = 'mutation Ask { createDiscussion(input: { title: "A", body: "B" }) { discussion { id } } }';
    expect((await send(app, query, { key, headers })).body.errors).toBeUndefined();

    const finished = exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);
    const operation = finished.find(({ name }) => name === 'POST /graphql');
    expect(operation?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(operation?.attributes).toMatchObject({
      'graphql.operation.name': 'Ask',
      'http.response.status_code': 200,
      'parley.statements': finished.length - 2,
    });
    const others = finished.filter((span) => span !== operation);
    expect(others.map(({ name }) => name)).toContain('transaction');
    for (const span of others) expect(span.parentSpanContext?.spanId).toBe(operation?.spanContext().spanId);
  });
});
