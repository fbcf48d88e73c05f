// The front end alone, in front of a Parley at WEB_API_URL: WEB_API_URL=https://forum.example.com/graphql node serve.js
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { askOverHttp, isApiUrl } from './api/over-http.ts';
import { createFrontEnd } from './http/front-end.ts';
import { createRefusals } from './http/refusals.tsx';
import type { WebAnswer } from './http/web-request.ts';

/** Longer than the longest text, percent-encoded. */
const FORM_BYTES_MAX = 1_048_576;

const env = process.env;
const port = Number(env['PORT'] ?? 4100);
const host = env['HOST'] ?? '127.0.0.1';
const apiUrl = env['WEB_API_URL'];
if (!isApiUrl(apiUrl)) {
  process.stderr.write(
    'WEB_API_URL must be the URL of a GraphQL API without credentials, such as https://forum.example.com/graphql\n',
  );
  process.exit(1);
}

const folder = new URL('./', import.meta.url);
const siteName = env['SITE_NAME'] ?? 'Parley';
const embedOrigins = listOf(env['EMBED_ORIGINS']);
const refusals = createRefusals({ siteName, embedOrigins }, folder);
const frontEnd = createFrontEnd(
  {
    askApi: askOverHttp(apiUrl),
    siteName,
    imageHosts: listOf(env['IMAGE_HOSTS']),
    stylesheet: env['FRONT_END_STYLESHEET'] ? readFileSync(env['FRONT_END_STYLESHEET'], 'utf8') : null,
    embedding: { origins: embedOrigins, apiKey: env['EMBED_API_KEY'] || null },
    siteUrl: env['SITE_URL'] ?? `http://${host}:${port}`,
    onFault: (error) => {
      const cause = error instanceof Error && error.cause ? ` (${error.cause})` : '';
      process.stderr.write(`${error}${cause}\n`);
    },
  },
  folder,
);

const server = createServer((request, response) => {
  answer(request)
    .catch((error): WebAnswer => {
      if (!(error instanceof TooLarge)) process.stderr.write(`${error}\n`);
      const { method = 'GET', url = '/', headers } = request;
      const status = error instanceof TooLarge ? 413 : 500;
      return refusals.pageFor({ method, url, headers }, { status, retryAfter: null, form: null });
    })
    .then(({ status, headers, body }) => {
      response.writeHead(status, headers as Record<string, string | string[]>);
      response.end(request.method === 'HEAD' ? undefined : body);
    });
});

async function answer(request: IncomingMessage): Promise<WebAnswer> {
  const { method = 'GET', url = '/', headers } = request;
  const form = method === 'POST' ? await readForm(request) : null;
  const web = { method, url, headers, form, address: addressOf(request) };
  return (await frontEnd.answer(web)) ?? (await frontEnd.notFound(web));
}

function listOf(text = ''): string[] {
  return text.split(',').flatMap((member) => member.trim() || []);
}

/** With TRUST_PROXY=on, the address that the proxy in front has seen. */
function addressOf({ headers, socket }: IncomingMessage): string {
  const forwarded = env['TRUST_PROXY'] === 'on' ? headers['x-forwarded-for'] : undefined;
  return (
    String(forwarded ?? '')
      .split(',')
      .at(-1)
      ?.trim() ||
    (socket.remoteAddress ?? '')
  );
}

class TooLarge extends Error {}

async function readForm(request: IncomingMessage): Promise<string> {
  // refused unread: the stream of a body that is given up would take the connection with it
  if (Number(request.headers['content-length']) > FORM_BYTES_MAX) throw new TooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > FORM_BYTES_MAX) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

server.listen(port, host, () => process.stdout.write(`The front end listens at http://${host}:${port}\n`));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => server.close(() => process.exit(0)));
