import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/package-root.ts';
import type { Sources } from './grouped.ts';

/** Files of which this is a line are written for machines: their lines say nothing about what stands in them. */
const LINE_CHARS_MAX = 500;

interface Script {
  readonly file: string;
  readonly lines: readonly string[];
  readonly map: SourceMap | null;
}

/** Finds where the functions of running programs come from, by the source maps beside their files. */
export function sourceFiles(): Sources {
  const scripts = new Map<string, Script | null>();
  const scriptOf = (url: string) => {
    if (!scripts.has(url)) scripts.set(url, read(url));
    return scripts.get(url) ?? null;
  };
  return {
    fileOf: ({ url, lineNumber, columnNumber }) => {
      const script = scriptOf(url);
      if (!script?.map) return script ? shown(script.file) : url;
      const entry = script.map.findEntry(lineNumber, columnNumber);
      const source = 'originalSource' in entry ? entry.originalSource : null;
      return shown(source ? path.resolve(path.dirname(script.file), source) : script.file);
    },
    textOf: (url, line) => {
      const text = scriptOf(url)?.lines[line - 1] ?? '';
      return text.length > LINE_CHARS_MAX ? '' : text;
    },
  };
}

function read(url: string): Script | null {
  // packages in the older module format have paths in place of addresses
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  if (!path.isAbsolute(file)) return null;
  const text = textOf(file) ?? '';
  const map = /^dist|^bench/.test(shown(file)) ? textOf(`${file}.map`) : null;
  return {
    file,
    lines: text.split('\n'),
    map: map ? new SourceMap(JSON.parse(map) as SourceMapPayload) : null,
  };
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** From the package's root, with forward slashes. */
function shown(file: string): string {
  return path.relative(packageRoot, file).replaceAll('\\', '/');
}
