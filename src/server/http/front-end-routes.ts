import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AddressOf } from '../../api/operation-request.ts';
import type { Settings } from '../settings/settings.ts';
import { FRONT_END_FOLDER, type WebAnswer, wantsPage } from './front-end-build.ts';
import type { ApiRequest, PageRequest } from './in-process-api.ts';
import { refuse, sendPage } from './refuse.ts';

/** The longest text, percent-encoded, with the other fields of its form. */
const FORM_BYTES_MAX = 1_048_576;

/** The request of a page, as web/src/http/web-request.ts has it. */
interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: FastifyRequest['headers'];
  readonly form: string | null;
  readonly address: string;
  readonly context: PageRequest;
}

/** What dist/web/server.js exports. The front end is a package of its own, so only its build is imported. */
interface FrontEndModule {
  createFrontEnd(
    options: {
      readonly askApi: (request: ApiRequest) => Promise<string>;
      readonly siteName: string;
      readonly siteUrl: string;
      readonly imageHosts: readonly string[];
      readonly stylesheet: string | null;
      readonly embedding: { readonly origins: readonly string[]; readonly apiKey: string | null };
      readonly onFault: (error: unknown) => void;
    },
    folder: URL,
  ): FrontEnd;
}

interface FrontEnd {
  answer(request: WebRequest): Promise<WebAnswer | null>;
  notFound(request: WebRequest): Promise<WebAnswer>;
}

interface FrontEndParts {
  readonly settings: Pick<Settings, 'siteUrl' | 'policy' | 'embedOrigins' | 'embedApiKey'>;
  readonly stylesheet: string | null;
  readonly askApi: (request: ApiRequest) => Promise<string>;
  readonly addressOf: AddressOf;
  readonly onFault: (error: unknown) => void;
}

/** Answers a request for a page. False: nothing has this address, and the client does not want a page that says so. */
export type AnswerPage = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/** Serves the front end at all paths that nothing else has. It is loaded when the first page is requested. */
export function installFrontEnd(app: FastifyInstance, parts: FrontEndParts): AnswerPage {
  let loading: Promise<FrontEnd> | null = null;
  const load = () => {
    loading ??= openFrontEnd(parts);
    return loading;
  };
  const answerPage: AnswerPage = async (request, reply) => {
    const frontEnd = await load().catch((error) => {
      parts.onFault(error);
      loading = null;
      return null;
    });
    if (frontEnd === null) {
      refuse(reply, 503, 'UNAVAILABLE', 'The front end is not built: run `npm run build`.');
      return true;
    }
    const web = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      form: typeof request.body === 'string' ? request.body : null,
      address: parts.addressOf(request.raw),
      context: { request, response: reply.raw },
    };
    const found = await frontEnd.answer(web);
    const answer = found ?? (await frontEnd.notFound(web));
    // an address that has moved leads on for programs too, but they get no page that says what is wrong
    if (found === null && answer.status === 404 && !wantsPage(request)) return false;
    if (found === null && answer.status >= 400 && !wantsPage(request)) {
      const [code, message] =
        answer.status === 429
          ? (['RATE_LIMITED', 'Too many requests.'] as const)
          : (['UNAVAILABLE', 'The forum does not answer now.'] as const);
      const retryAfter = answer.headers['retry-after'];
      if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
      refuse(reply, answer.status, code, message);
      return true;
    }
    sendPage(reply, answer);
    return true;
  };
  // a scope of its own: nothing else here takes forms
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
      (_request, body, done) => done(null, body),
    );
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.route({
      method: ['GET', 'POST'],
      url: '/*',
      handler: async (request, reply) => {
        if (!(await answerPage(request, reply))) reply.callNotFound();
        return reply;
      },
    });
  });
  return answerPage;
}

async function openFrontEnd({ settings, stylesheet, askApi, onFault }: FrontEndParts): Promise<FrontEnd> {
  const module: FrontEndModule = await import(new URL('server.js', FRONT_END_FOLDER).href);
  const { siteUrl, embedOrigins: origins, embedApiKey: apiKey } = settings;
  const { siteName, imageHosts } = settings.policy;
  const embedding = { origins, apiKey };
  return module.createFrontEnd(
    { askApi, siteName, siteUrl, imageHosts, stylesheet, embedding, onFault },
    FRONT_END_FOLDER,
  );
}
