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

interface Match {
  readonly property: string;
  readonly fragment: string;
  readonly highlights: readonly { readonly beginIndice: number; readonly endIndice: number }[];
}

interface Result {
  readonly subject: Readonly<Record<'id' | 'title' | 'discussion', unknown>>;
  readonly textMatches: readonly Match[];
}

/**
 * Checks that two answers to a search for a word are of the same work: as many results of the same form, each with excerpts
 * whose highlights are the word; the same results if they are all of them. Their order is not the same: each ranks by a
 * formula of its own. Throws with the first difference.
 */
export function assertSameWork(word: string, one: string, other: string): void {
  const [found, expected] = [one, other].map((answer) => resultsOf(word, answer));
  const ids = (results: readonly Result[] = []) => results.map(({ subject }) => String(subject.id)).sort();
  const [own, theirs] = [ids(found), ids(expected)];
  if (own.length !== theirs.length) throw new Error(`“${word}”: ${own.length} results, not ${theirs.length}`);
  if (own.length < RESULTS_MAX && own.join() !== theirs.join())
    throw new Error(`“${word}”: ${own} is found, not ${theirs}`);
}

const RESULTS_MAX = 20;

/** Throws unless each result is a discussion or a comment with its title, and has excerpts of the word. */
function resultsOf(word: string, answer: string): readonly Result[] {
  const { nodes } = JSON.parse(answer).data.search as { readonly nodes: readonly Result[] };
  for (const { subject, textMatches } of nodes) {
    const title = subject.title ?? (subject.discussion as { readonly title: unknown } | undefined)?.title;
    if (typeof subject.id !== 'string' || typeof title !== 'string')
      throw new Error(`“${word}”: ${JSON.stringify(subject)} is no result`);
    const words = textMatches.flatMap(({ fragment, highlights }) =>
      highlights.map(({ beginIndice, endIndice }) => fragment.slice(beginIndice, endIndice).toLowerCase()),
    );
    if (words.length === 0 || words.some((one) => one !== word))
      throw new Error(`“${word}”: ${subject.id} has the highlights ${words}`);
  }
  return nodes;
}
