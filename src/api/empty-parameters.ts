import type { OperationRequest } from './operation-request.ts';

const EMPTY = /[?&](?:operationName=|(?:variables|extensions)=(?:null)?)(?:&|$)/;

function isEmpty(name: string, value: string): boolean {
  return value === '' || (name !== 'operationName' && value === 'null');
}

/**
 * Leaves out what a request names without a value, before anything else looks at it: an empty operation name, and empty
 * or null variables and extensions in a URL. Forms and some clients send them for what they don't have.
 */
export function omitEmptyParameters(request: Pick<OperationRequest, 'method' | 'search' | 'body'>): void {
  const { method, search, body } = request;
  if (method !== 'POST') {
    if (!EMPTY.test(search)) return;
    const parameters = new URLSearchParams(search);
    for (const name of ['operationName', 'variables', 'extensions'])
      if (parameters.getAll(name).every((value) => isEmpty(name, value))) parameters.delete(name);
    request.search = `?${parameters}`;
  } else if (
    typeof body === 'object' &&
    body !== null &&
    'operationName' in body &&
    body.operationName === ''
  ) {
    const { operationName: _empty, ...more } = body;
    request.body = more;
  }
}
