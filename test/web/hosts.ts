import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts another site, with these pages by their paths. */
export function startHost(pages: ReadonlyMap<string, string>): Promise<Server> {
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

export const originOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;
