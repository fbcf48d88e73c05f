import type { Program } from './contenders.ts';
import type { Server } from './processes.ts';
import { type Ask, isWrite, type Operation } from './queries.ts';

/** A program that is running. */
export interface Running {
  readonly program: Program;
  readonly server: Server;
}

/**
 * Checks that all answer the same bytes as the first one, ids and times of new rows aside. Throws with the first
 * difference: a ratio between servers that do different work says nothing.
 */
export async function assertSameAnswers(
  running: readonly Running[],
  operation: Operation,
  asks: readonly Ask[],
): Promise<void> {
  const [floor, ...others] = running;
  if (!floor) return;
  for (const ask of asks) {
    const expected = await answerOf(floor, operation, ask);
    for (const other of others) {
      const difference = differenceOf(await answerOf(other, operation, ask), expected);
      if (difference)
        throw new Error(
          `${operation} ${JSON.stringify(ask.variables)}, ${other.program.name}: ${difference}`,
        );
    }
  }
}

/** Where two answers begin to differ, in words; null: they are the same, and there is something in them. */
export function differenceOf(ours: string, floor: string): string | null {
  if (ours === floor) return floor.startsWith('{"data":{"') ? null : `both answer ${floor}`;
  let at = 0;
  while (ours[at] === floor[at]) at++;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `the answers differ at character ${at}: it has ${around(ours)}, the floor ${around(floor)}`;
}

/** One answer; of a write, without what is new in it on each server. */
export async function answerOf(
  { program, server }: Running,
  operation: Operation,
  ask: Ask,
): Promise<string> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(ask.token && { authorization: `Bearer ${ask.token}` }),
    },
    body: program.body(operation, ask),
  });
  const text = (await response.text()).trimEnd();
  return isWrite(operation) ? withoutNews(text) : text;
}

/** The id of the comment that was added, and the moment at which it was. */
export function withoutNews(text: string): string {
  const isNew = /("comment":\{"id":")C_\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  return text.replace(isNew, (_, before?: string) => (before ? `${before}NEW` : 'NOW'));
}
