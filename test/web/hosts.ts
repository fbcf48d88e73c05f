import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { send } from '../support/app.ts';
import type { Forum } from './forum.ts';

/** Pages of other sites, at `localhost`: the forum at 127.0.0.1 is another site. */
export interface Hosts {
  /** The forum, whose EMBED_ORIGINS is `host` and whose EMBED_API_KEY is an admin's. */
  readonly app: App;
  /** The origin of a site that may embed discussions. */
  readonly host: string;
  /** The origin of one that may not. It has the same pages. */
  readonly hostile: string;
  /** The pages of both, by path. */
  readonly pages: Map<string, string>;
  /** The element that embeds a discussion. */
  script(attributes: string): string;
  signatureOf(externalId: string, title: string): string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
  found(externalId: string): Promise<any>;
}

export const frameOf = (page: Page, at = 0): FrameLocator => page.frameLocator('iframe').nth(at);

/** Starts the sites, and a server of the forum for them, for the tests of a file. */
export function useHosts(forum: () => Forum): () => Hosts {
  let hosts: Hosts | null = null;
  let servers: Server[] = [];
  beforeAll(async () => {
    const pages = new Map<string, string>();
    servers = await Promise.all([startHost(pages), startHost(pages)]);
    const [host = '', hostile = ''] = servers.map(originOf);
    const apiKey = await forum().admin();
    const embedding = { EMBED_ORIGINS: host, EMBED_API_KEY: apiKey };
    const app = await forum().apps.open({ FRONT_END: 'on', RATE_LIMITS: 'off', ...embedding });
    hosts = {
      ...{ app, host, hostile, pages },
      script: (attributes) =>
        `<script src="${app.url}/embed.js" ${attributes} data-height="200" async></script>`,
      signatureOf: (id, title) => createHmac('sha256', apiKey).update(`${id}\n${title}`).digest('hex'),
      found: async (externalId) => {
        const query = `{ discussion(externalId: "${externalId}") { title author { name }
          comments(first: 5) { nodes { bodyHTML } } } }`;
        return (await send(app, query)).body.data?.discussion;
      },
    };
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });
  return () => {
    if (hosts === null) throw new Error('The sites are open only while a test runs.');
    return hosts;
  };
}

/** Starts another site, with these pages by their paths. */
function startHost(pages: ReadonlyMap<string, string>): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><title>A page</title><body><h1>A page</h1>${pages.get(request.url ?? '') ?? ''}`,
      );
    });
    server.listen(0, () => resolve(server));
  });
}

const originOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;
