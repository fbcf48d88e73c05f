import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compress, encodingFor } from './compress.ts';
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

/** The name under which pages know the operator's styles. */
export const OPERATOR_STYLES = 'operator.css';

/** The endings of a file's forms by their content coding. */
const FORMS = { identity: '', br: '.br', gzip: '.gz' } as const;

/**
 * Reads the files that the build has written, about 200 kB with their compressed forms. They are served from memory, so
 * that the pages of a running server have their styles and scripts when the front end is built anew. `stylesheet`: the
 * operator's styles, or null.
 */
export function openAssets(folder: URL, stylesheet: string | null): Assets {
  const names: Record<string, string> = JSON.parse(readFileSync(new URL('assets.json', folder), 'utf8'));
  const files = new Map(
    Object.values(names).flatMap((name) =>
      Object.values(FORMS).map((ending) => {
        const file = name + ending;
        return [file, readFileSync(new URL(`static/${file}`, folder))] as const;
      }),
    ),
  );
  const known = new Set(Object.values(names));
  if (stylesheet !== null) {
    const hash = createHash('sha256').update(stylesheet).digest('hex').slice(0, 8);
    names[OPERATOR_STYLES] = `operator-${hash}.css`;
  }
  return {
    urls: new Map(Object.entries(names).map(([name, file]) => [name, ASSETS_PATH + file])),
    answer: async ({ url, headers }) => {
      const name = url.slice(ASSETS_PATH.length).replace(/\?.*/s, '');
      if (stylesheet !== null && name === names[OPERATOR_STYLES]) {
        const encoding = encodingFor(headers['accept-encoding'], stylesheet);
        const body = encoding === null ? stylesheet : await compress(stylesheet, encoding);
        return { status: 200, headers: fileHeaders(name, encoding), body };
      }
      if (!known.has(name)) return null;
      const accepted = String(headers['accept-encoding'] ?? '');
      const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
      const body = files.get(name + FORMS[encoding ?? 'identity']);
      return body === undefined ? null : { status: 200, headers: fileHeaders(name, encoding), body };
    },
  };
}

/** Their names change with their content. */
function fileHeaders(name: string, encoding: string | null): Record<string, string> {
  return {
    'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'cross-origin-resource-policy': 'same-origin',
    ...(encoding && { 'content-encoding': encoding }),
  };
}
