import { createClient } from 'redis';

/** Longer than any healthy answer takes, and too short to notice. After it, callers do without Redis. */
export const ANSWER_MS_MAX = 250;
export const CONNECT_MS_MAX = 2000;
/** Reconnects soon after an outage, without a storm of attempts during it. */
const RETRY_MS_MAX = 2000;

/** Resolves to Redis's answer, or rejects after ANSWER_MS_MAX, so that a silent Redis delays nobody. */
export function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer.')), ANSWER_MS_MAX);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Called once when Redis becomes unreachable, with the error, and once when it is back, with null. */
export type OnRedisChange = (error: Error | null) => void;

export type Redis = ReturnType<typeof openRedis>;

/**
 * Connects in the background and retries for ever, so that nothing waits for Redis or fails because of it. While it is
 * unreachable, commands are refused at once.
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
  // rejects only if it is closed before it was ever connected
  client.connect().catch(() => {});
  return client;
}

/** Closes a dead connection and connects again. */
export function connectAgain(client: Redis): void {
  client.emit('error', new Error('Redis does not answer.'));
  if (client.isOpen) client.destroy();
  client.connect().catch(() => {});
}
