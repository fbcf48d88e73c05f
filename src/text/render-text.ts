// Rendering for requests: short texts here, long ones in a worker thread. Commands call markdown.ts directly.
import type { Context } from '../access/context.ts';
import { badInput } from '../access/errors.ts';
import { handlesIn, type Rendering, renderMarkdown } from './markdown.ts';
import { hasMentions, type Mentioned } from './mentions.ts';
import { runInTurns } from './short-work.ts';
import { type TaskClient, workerPool } from './worker-pool.ts';
import { TaskTooLarge } from './worker-threads.ts';

/**
 * The length from which a text is rendered in a thread, in UTF-16 units. Prose of this length takes a quarter of a
 * millisecond, and the way to a thread and back as much. The worst text of this length takes 20 ms.
 */
const THREAD_CHARS_MIN = 2_000;

/** Renders a text. Throws BAD_USER_INPUT with the field if it takes too long, and what `WorkerPool.run` throws. */
export function renderText(
  client: TaskClient & Pick<Context, 'policy'>,
  source: string,
  mentioned: Mentioned,
  field: string,
): Promise<Rendering> {
  const { imageHosts } = client.policy;
  if (source.length < THREAD_CHARS_MIN)
    return runInTurns(() => renderMarkdown(source, mentioned, imageHosts));
  return workerPool
    .run(client, 'render', [source, mentioned, imageHosts])
    .catch((error) => refuseTooLarge(error, field));
}

/** The handles that a text may mention. Throws as `renderText`. */
export async function findHandles(client: TaskClient, source: string, field: string): Promise<string[]> {
  if (!hasMentions(source)) return [];
  if (source.length < THREAD_CHARS_MIN) return runInTurns(() => handlesIn(source));
  return workerPool.run(client, 'findHandles', [source]).catch((error) => refuseTooLarge(error, field));
}

function refuseTooLarge(error: unknown, field: string): never {
  if (!(error instanceof TaskTooLarge)) throw error;
  throw badInput('This text is too complex to be rendered: it has too many or too deep parts.', field);
}
