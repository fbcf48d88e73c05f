import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { WebAnswer, WebRequest } from './web-request.ts';

/** Where the built files are served. */
export const ASSETS_PATH = '/static/';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The built files: what they are called in the sources, and their names with a hash of their content. */
export interface Assets {
  readonly urls: ReadonlyMap<string, string>;
  /** Null if there is no such file. */
  answer(request: WebRequest): Promise<WebAnswer | null>;
}

/** Reads the list of files that the build has written. Each is there as it is, with `.br` and with `.gz`. */
export function openAssets(folder: URL): Assets {
  const names: Record<string, string> = JSON.parse(readFileSync(new URL('assets.json', folder), 'utf8'));
  const known = new Set(Object.values(names));
  return {
    urls: new Map(Object.entries(names).map(([name, file]) => [name, ASSETS_PATH + file])),
    answer: async ({ url, headers }) => {
      const name = url.slice(ASSETS_PATH.length).replace(/\?.*/s, '');
      if (!known.has(name)) return null;
      const accepted = String(headers['accept-encoding'] ?? '');
      const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
      const ending = encoding === 'br' ? '.br' : encoding === 'gzip' ? '.gz' : '';
      return {
        status: 200,
        headers: {
          'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
          'cache-control': 'public, max-age=31536000, immutable',
          vary: 'accept-encoding',
          'cross-origin-resource-policy': 'same-origin',
          ...(encoding && { 'content-encoding': encoding }),
        },
        body: await readFile(new URL(`static/${name}${ending}`, folder)),
      };
    },
  };
}
