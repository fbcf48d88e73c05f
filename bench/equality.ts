import { ask as send } from './load.ts';
import { type Ask, isWrite, type Operation } from './queries.ts';
import type { Server } from './servers.ts';

/**
 * Checks that all answer the same bytes as the first one, ids and times of new rows aside. Throws with the first
 * difference: a ratio between servers that do different work says nothing.
 */
export async function assertSameAnswers(
  [first, ...others]: readonly Server[],
  operation: Operation,
  asks: readonly Ask[],
): Promise<void> {
  for (const ask of first ? asks : []) {
    const expected = await answerOf(first as Server, operation, ask);
    for (const other of others) {
      const difference = differenceOf(await answerOf(other, operation, ask), expected);
      const which = `${operation} ${JSON.stringify(ask.variables)}, ${other.program.name}`;
      if (difference) throw new Error(`${which}: ${difference}`);
    }
  }
}

/** Where two answers begin to differ, in words; null: they are the same, and there is something in them. */
export function differenceOf(answer: string, expected: string): string | null {
  if (answer === expected) return expected.startsWith('{"data":{"') ? null : `both answer ${expected}`;
  let at = 0;
  while (answer[at] === expected[at]) at++;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `the answers differ at character ${at}: it has ${around(answer)}, the first one ${around(expected)}`;
}

/** One answer; of a write, without the id of the comment that was added and the moment at which it was. */
export async function answerOf({ program, url }: Server, operation: Operation, ask: Ask): Promise<string> {
  const text = (await send(url, { body: program.body(operation, ask), token: ask.token })).trimEnd();
  if (!isWrite(operation)) return text;
  const isNew = /("comment":\{"id":")C_\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  return text.replace(isNew, (_, before?: string) => (before ? `${before}NEW` : 'NOW'));
}
