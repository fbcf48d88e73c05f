import { setTimeout as sleep } from 'node:timers/promises';
import type { Touched } from '../../kit/db/index.ts';
import { CONNECT_MS_MAX, openRedis } from '../../kit/redis.ts';
import { channelOf, createSpeaker } from './redis-speaker.ts';

/** Tells the instances of a forum what a command has touched. */
export interface Teller {
  /** Resolves when they can know. Where that fails it is tried again at the end. */
  tell(touched: Touched): Promise<void>;
  /** Answers whether they were told of everything. */
  close(): Promise<boolean>;
}

export function openRedisTeller(url: string): Teller {
  const client = openRedis(url, () => {});
  const speaker = createSpeaker(client, channelOf(url), null);
  const ready = new Promise<unknown>((resolve) => client.once('ready', resolve));
  /** Waited for once: a long import should not wait at every document for a Redis that is away. */
  let waited: Promise<unknown> | null = null;
  const connected = () => {
    waited ??= Promise.race([ready, sleep(CONNECT_MS_MAX, null, { ref: false })]);
    return waited;
  };
  return {
    tell: async (touched) => {
      await connected();
      await speaker.tell(touched);
    },
    close: async () => {
      const isTold = await speaker.catchUp().then(
        () => true,
        () => false,
      );
      if (client.isOpen) client.destroy();
      return isTold;
    },
  };
}
