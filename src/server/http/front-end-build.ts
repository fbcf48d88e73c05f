// What the server knows of the build of the front end, which is a package of its own.
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../package-root.ts';

/** The output of scripts/web.ts. */
export const FRONT_END_FOLDER = pathToFileURL(join(packageRoot, 'dist', 'web/'));

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Buffer;
}

/** Whether the client is a browser that opens a page, not a program. */
export function wantsPage({ headers }: { readonly headers: IncomingHttpHeaders }): boolean {
  return (headers.accept ?? '').includes('text/html');
}
