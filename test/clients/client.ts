import type { Scene, Server } from './server.ts';

/** What every front end does, in the order of the columns of docs/clients.md. */
export const FLOWS = {
  thread: 'reads a thread page',
  paging: 'pages forwards and backwards',
  vote: 'shows a vote before the server has answered, and then what it answered',
  comment: 'shows a new comment in the thread without reading the thread again',
  error: 'learns why a mutation was refused, by its code',
  retry: 'writes once if it repeats a mutation whose answer was lost',
} as const;

export type Flow = keyof typeof FLOWS;

export interface Stage {
  readonly server: Server;
  readonly scene: Scene;
}

/** A package of front ends. A flow that it has no means for is null, such as a cache. */
export interface Client {
  readonly name: string;
  readonly package: string;
  readonly flows: Readonly<Record<Flow, ((stage: Stage) => Promise<void>) | null>>;
}

/** A `fetch` that sends, but loses the first answer: what a client sees of a network that breaks. */
export function losingFirstAnswer(): { fetch: typeof fetch; sent: () => number } {
  let sent = 0;
  return {
    sent: () => sent,
    fetch: async (...request) => {
      const response = await fetch(...request);
      if (++sent > 1) return response;
      await response.arrayBuffer();
      throw new TypeError('fetch failed');
    },
  };
}

/** The number of comments that the server has. */
export async function commentsOf({ server, scene }: Stage): Promise<number> {
  const { discussion } = await server.ask(
    'query ($slug: String!) { discussion(slug: $slug) { commentCount } }',
    { slug: scene.slug },
  );
  return discussion.commentCount;
}
