import type { Answer } from './answers.ts';
import type { Visit } from './visit.ts';

export type Handler = (visit: Visit) => Promise<Answer> | Answer;

/** One address of the front end. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: Handler;
}

/** A page. `path` may have parameters: `/discussions/:slug`. */
export function get(path: string, handler: Handler): Route {
  return { method: 'GET', ...compiled(path), handler };
}

/** A form's target. It answers with a redirect, or with its page again and the problems in it. */
export function post(path: string, handler: Handler): Route {
  return { method: 'POST', ...compiled(path), handler };
}

export interface Match {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request. Null if there is none, or if the path is not valid. */
export function findRoute(routes: readonly Route[], method: string, path: string): Match | null {
  const wanted = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    const found = route.method === wanted ? route.pattern.exec(path) : null;
    if (found === null) continue;
    const values = found.slice(1).map(decoded);
    if (values.includes(null)) return null;
    const params = Object.fromEntries(route.names.map((name, index) => [name, values[index] ?? '']));
    return { handler: route.handler, params };
  }
  return null;
}

function compiled(path: string): { pattern: RegExp; names: string[] } {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return { pattern: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}/?$`), names };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
