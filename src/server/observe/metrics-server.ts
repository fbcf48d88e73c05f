import { once } from 'node:events';
import { createServer } from 'node:http';
import { StartError } from '../../start-error.ts';
import type { Metrics } from './metrics.ts';

/**
 * Serves `/metrics` on a port of its own, which no client of the forum needs to reach. Throws StartError if the port is
 * not available.
 */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<() => void> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    metrics.read().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.destroy(),
    );
  });
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`METRICS_PORT is ${port}, which cannot be listened on (${error.code}).`);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
