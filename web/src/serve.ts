// The front end alone, in front of a Parley at WEB_API_URL: WEB_API_URL=https://forum.example.com/graphql node serve.js
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { askOverHttp, isApiUrl } from './api/over-http.ts';
import { createFrontEnd } from './http/front-end.ts';
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

const frontEnd = createFrontEnd(
  {
    askApi: askOverHttp(apiUrl),
    siteName: env['SITE_NAME'] ?? 'Parley',
    imageHosts: listOf(env['IMAGE_HOSTS']),
    stylesheet: env['FRONT_END_STYLESHEET'] ? readFileSync(env['FRONT_END_STYLESHEET'], 'utf8') : null,
    embedding: { origins: listOf(env['EMBED_ORIGINS']), apiKey: env['EMBED_API_KEY'] || null },
    siteUrl: env['SITE_URL'] ?? `http://${host}:${port}`,
    onFault: (error) => {
      const cause = error instanceof Error && error.cause ? ` (${error.cause})` : '';
      process.stderr.write(`${error}${cause}\n`);
    },
  },
  new URL('./', import.meta.url),
);

const server = createServer((request, response) => {
  answer(request)
    .catch((error): WebAnswer => {
      process.stderr.write(`${error}\n`);
      return { status: 500, headers: { 'content-type': 'text/plain' }, body: 'Something went wrong.' };
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

async function readForm(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > FORM_BYTES_MAX) throw new Error('A form was too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

server.listen(port, host, () => process.stdout.write(`The front end listens at http://${host}:${port}\n`));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => server.close(() => process.exit(0)));
