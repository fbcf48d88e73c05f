import { createClient } from 'redis';

/** Longer than any healthy answer takes, and too short to notice. After it, callers do without Redis. */
export const ANSWER_MS_MAX = 250;
export const CONNECT_MS_MAX = 2000;
/** Reconnects soon after an outage, without a storm of attempts during it. */
const RETRY_MS_MAX = 2000;

/** Resolves to Redis's answer, or rejects after `withinMs`, so that a silent Redis delays nobody. */
export function inTime<T>(answer: Promise<T>, withinMs = ANSWER_MS_MAX): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer.')), withinMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Called once when Redis becomes unreachable, with the error, and once when it is back, with null. */
export type OnRedisChange = (error: Error | null) => void;

function clientOf(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: CONNECT_MS_MAX,
      reconnectStrategy: (attempt) => Math.min(50 * 2 ** attempt, RETRY_MS_MAX),
    },
  });
}

export type Redis = ReturnType<typeof clientOf>;

/**
 * Connects in the background and retries for ever, so that nothing waits for Redis or fails because of it. While it is
 * unreachable, commands are refused at once.
 */
export function openRedis(url: string, onChange: OnRedisChange): Redis {
  const client = clientOf(url);
  let isAway = false;
  client.on('error', (error: Error) => {
    if (!isAway) onChange(error);
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) onChange(null);
    isAway = false;
  });
  watch(client);
  // rejects only if it is closed before it was ever connected
  client.connect().catch(() => {});
  return client;
}

/** How often a silent connection is looked for. TCP would notice only after a quarter of an hour. */
const WATCH_MS = 2000;

/** Connects again if Redis does not answer, so that commands do not pile up on a connection that is silent. */
function watch(client: Redis): void {
  const timer = setInterval(() => {
    if (!client.isOpen) return clearInterval(timer);
    if (!client.isReady) return;
    inTime(client.ping(), WATCH_MS).catch(() => {
      if (client.isReady) connectAgain(client);
    });
  }, WATCH_MS);
  timer.unref();
}

/** Closes a dead connection and connects again. */
export function connectAgain(client: Redis): void {
  client.emit('error', new Error('Redis does not answer.'));
  if (client.isOpen) client.destroy();
  client.connect().catch(() => {});
}
