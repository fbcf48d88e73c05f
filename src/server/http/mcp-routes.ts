import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressBlock } from '../../access/address-block.ts';
import { FixedWindows } from '../../access/fixed-window.ts';
import type { AddressOf } from '../../api/operation-request.ts';
import { loadAnswerMessage, needsCredential, type SendOperation, WHO } from '../../mcp/index.ts';
import { version } from '../../package-root.ts';
import type { Observer } from '../observe/observer.ts';
import type { Admission } from '../overload/admission.ts';
import type { Settings } from '../settings/settings.ts';
import type { ApiRequest } from './in-process-api.ts';
import { Challenges } from './mcp-challenges.ts';
import { BodyRefusal, readBody } from './read-body.ts';
import { refuse } from './refuse.ts';
import { OVERLOADED } from './refused-operation.ts';

interface McpParts {
  readonly settings: Pick<
    Settings,
    'siteUrl' | 'policy' | 'corsOrigins' | 'bodyBytesMax' | 'rateLimits' | 'externalTokens'
  >;
  readonly askApi: (request: ApiRequest) => Promise<string>;
  readonly admission: Admission;
  readonly observer: Required<Observer>;
  readonly addressOf: AddressOf;
  /** Gets faults of this program, and messages that the protocol refuses. */
  readonly onFault: (error: unknown) => void;
}

export const MCP_PATH = '/mcp';
/** The messages of an address in a minute. Listing tools takes no operation, so that no other limit counts it. */
const MESSAGES = 600;
const PER_SECONDS = 60;

/** Serves the Model Context Protocol: each message is a POST, and no state remains between messages. */
export function installMcp(app: FastifyInstance, parts: McpParts): void {
  const { settings, admission, observer, addressOf, onFault } = parts;
  const { siteUrl, policy, bodyBytesMax } = settings;
  const identity = { title: policy.siteName, version, url: siteUrl };
  const challenges = new Challenges(settings);
  const windows = new FixedWindows(PER_SECONDS);
  const isAllowed = originCheck(settings);
  challenges.install(app);

  app.route({
    method: ['GET', 'DELETE'],
    url: MCP_PATH,
    handler: (_request, reply) => {
      reply.header('allow', 'POST');
      return refuse(
        reply,
        405,
        'BAD_REQUEST',
        'This URL accepts POST: there are no sessions and no streams.',
      );
    },
  });

  app.post(MCP_PATH, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { raw } = request;
    const { origin, authorization } = raw.headers;
    if (!isAllowed(origin)) {
      const message = 'Pages of this origin may not use the forum: CORS_ORIGINS lists those that may.';
      return refuse(reply, 403, 'FORBIDDEN', message);
    }
    const overload = admission.refusalOf(performance.now());
    if (overload !== null) {
      observer.refused(overload);
      reply.header('retry-after', 1);
      return refuse(reply, 503, 'UNAVAILABLE', OVERLOADED);
    }
    const address = addressOf(raw);
    if (settings.rateLimits) windows.consume(addressBlock(address), MESSAGES, 1);
    const token = bearerIn(authorization);
    if (authorization !== undefined && token === null) return challenges.refuseCredential(reply);

    let body: unknown;
    try {
      body = await readBody(raw, bodyBytesMax);
    } catch (error) {
      if (!(error instanceof BodyRefusal)) throw error;
      return refuse(reply, error.status, 'BAD_REQUEST', error.message);
    }
    if (Array.isArray(body))
      return refuse(reply, 400, 'BATCHING_NOT_SUPPORTED', 'Send one message a request.');

    const send: SendOperation = (query, variables) =>
      parts.askApi({
        ...{ query, variables, token, address },
        userAgent: raw.headers['user-agent'],
        context: { request, response: reply.raw },
      });
    if (token === null && challenges.isForGuests && needsCredential(body)) return challenges.askForOne(reply);
    if (token !== null && (await isRefused(send))) return challenges.refuseCredential(reply);

    const answer = await loadAnswerMessage();
    const message = { headers: headersOf(request), body, signal: whileOpen(reply) };
    return sendResponse(reply, await answer(identity, send, message, onFault));
  });
}

/** The origins whose pages may send messages: the forum's own, and those that may call the API from a browser. */
function originCheck({ siteUrl, corsOrigins }: Pick<Settings, 'siteUrl' | 'corsOrigins'>) {
  const own = new URL(siteUrl).origin;
  return (origin: string | undefined) =>
    origin === undefined || origin === own || corsOrigins === '*' || corsOrigins.includes(origin);
}

/** The token of an Authorization header. Null without one, and for another scheme. */
function bearerIn(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** Whether the API refuses the credential. Clients then ask their user for another, which a failed tool does not make them do. */
async function isRefused(send: SendOperation): Promise<boolean> {
  const { errors = [] } = JSON.parse(await send(WHO, {})) as {
    errors?: { extensions?: { code?: string } }[];
  };
  return errors[0]?.extensions?.code === 'UNAUTHENTICATED';
}

function headersOf({ raw }: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw.headers))
    if (value !== undefined && name !== 'authorization') headers.set(name, String(value));
  return headers;
}

/** Aborted if the client goes before it has its answer. */
function whileOpen({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Clients of 2025 get a stream of a single event, which ends at once. */
async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const text = await response.text();
  for (const name of ['content-type', 'mcp-protocol-version', 'allow']) {
    const value = response.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  return reply.code(response.status).send(text);
}
