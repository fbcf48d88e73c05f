import { floorBody, graphqlBody, type Operation, type Variables } from './queries.ts';

/**
 * Checks that both servers answer the same bytes. Throws with the first difference: a ratio between servers that do
 * different work says nothing.
 */
export async function assertSameAnswers(
  serverUrl: string,
  floorUrl: string,
  operation: Operation,
  requests: readonly Variables[],
): Promise<void> {
  for (const variables of requests) {
    const [ours, floor] = await Promise.all([
      post(serverUrl, graphqlBody(operation, variables)),
      post(floorUrl, floorBody(operation, variables)),
    ]);
    const difference = differenceOf(ours, floor);
    if (difference) throw new Error(`${operation} ${JSON.stringify(variables)}: ${difference}`);
  }
}

/** Where two answers begin to differ, in words; null: they are the same, and there is something in them. */
export function differenceOf(ours: string, floor: string): string | null {
  if (ours === floor) return floor.startsWith('{"data":{"') ? null : `both answer ${floor}`;
  let at = 0;
  while (ours[at] === floor[at]) at++;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `the answers differ at character ${at}: the server has ${around(ours)}, the floor ${around(floor)}`;
}

async function post(url: string, body: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body,
  });
  return response.text();
}
