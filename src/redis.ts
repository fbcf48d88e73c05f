import { createClient } from 'redis';

/** Longer than any healthy answer, shorter than anybody notices: after this, whoever asked does without. */
export const ANSWER_MS_MAX = 250;
export const CONNECT_MS_MAX = 2000;
/** Soon after an outage, and no storm of attempts during one. */
const RETRY_MS_MAX = 2000;

/** What Redis answers, or a failure after ANSWER_MS_MAX: one that takes connections and is silent holds up nobody. */
export function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis is silent.')), ANSWER_MS_MAX);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Told once when Redis goes away, with the reason, and once when it is back. */
export type OnRedisChange = (away: Error | null) => void;

export type Redis = ReturnType<typeof openRedis>;

/**
 * Connects in the background and never gives up: nothing waits here for Redis or fails by it. What is asked while it is
 * away is refused at once.
 */
export function openRedis(url: string, onChange: OnRedisChange) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: CONNECT_MS_MAX,
      reconnectStrategy: (attempt) => Math.min(50 * 2 ** attempt, RETRY_MS_MAX),
    },
  });
  let isAway = false;
  client.on('error', (error: Error) => {
    if (!isAway) onChange(error);
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) onChange(null);
    isAway = false;
  });
  // rejects only where it is closed before it ever was connected
  client.connect().catch(() => {});
  return client;
}

/** Gives up a connection over which nothing comes any more, and connects anew. */
export function connectAgain(client: Redis): void {
  client.emit('error', new Error('Redis does not answer.'));
  if (client.isOpen) client.destroy();
  client.connect().catch(() => {});
}
