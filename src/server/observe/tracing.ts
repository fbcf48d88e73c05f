// OpenTelemetry. The program depends on the API alone: an operator who wants spans loads an SDK beside it
// (`node --import ./telemetry.mjs dist/main.js`), which registers a provider.
import {
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  type Context as SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { IncomingRequest, OperationRequest } from '../../api/operation-request.ts';
import type { Observer } from './observer.ts';

/** The spans of operations, and of what they do in the database. */
export interface Tracing extends Observer {
  /** A span below that of a request. */
  startSpan(request: IncomingRequest, name: string): Span;
}

/** Null if no provider is registered. */
export function openTracing(): Tracing | null {
  const provider = trace.getTracerProvider();
  const tracer =
    provider instanceof ProxyTracerProvider
      ? provider.getDelegateTracer('parley')
      : provider.getTracer('parley');
  return tracer ? tracingWith(tracer) : null;
}

function tracingWith(tracer: Tracer): Tracing {
  const spans = new WeakMap<IncomingRequest, { readonly span: Span; readonly context: SpanContext }>();
  return {
    begun: (request) => {
      const parent = remoteParent(request.headers['traceparent']);
      const attributes = { 'http.request.method': request.method, 'url.path': '/graphql' };
      const options = { kind: SpanKind.SERVER, startTime: new Date(), attributes };
      const span = tracer.startSpan(`${request.method} /graphql`, options, parent);
      spans.set(request, { span, context: trace.setSpan(parent, span) });
    },
    ended: (request, status) => {
      const span = spans.get(request)?.span;
      if (!span) return;
      describe(span, request, status);
      span.end();
    },
    startSpan: (request, name) =>
      tracer.startSpan(
        name,
        { kind: SpanKind.CLIENT, attributes: { 'db.operation.name': name } },
        spans.get(request)?.context ?? ROOT_CONTEXT,
      ),
  };
}

function describe(span: Span, { outcome, points, statements, isCached }: OperationRequest, status: number) {
  span.setAttribute('http.response.status_code', status);
  if (outcome?.name) span.setAttribute('graphql.operation.name', outcome.name);
  if (points !== null) span.setAttribute('parley.points', points);
  if (isCached !== null) span.setAttribute('parley.cached', isCached);
  span.setAttribute('parley.statements', statements);
  if (outcome && outcome.codes.length > 0) span.setAttribute('parley.codes', [...outcome.codes]);
  if (status >= 500 || (outcome && outcome.incidents.length > 0))
    span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The header `traceparent`, version 00 (w3.org/TR/trace-context). */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The context of the caller's span. */
function remoteParent(header: unknown): SpanContext {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(String(header ?? '')) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** The id of the caller's trace, for the log. */
export function traceIdOf(header: unknown): string | null {
  return TRACEPARENT.exec(String(header ?? ''))?.[1] ?? null;
}
