import { connectAgain, type OnRedisChange, openRedis } from '../redis.ts';
import type { OpenTransport } from './invalidation-channel.ts';

/** A message for all instances should be no megabyte. */
const BYTES_MAX = 200_000;

/** Redis' PUBLISH and SUBSCRIBE. Forums in different databases of a Redis are apart. */
export function redisTransport(url: string, onChange: OnRedisChange): OpenTransport {
  // Redis has channels for all of its databases together
  const channel = `parley:invalidated:${new URL(url).pathname.slice(1) || '0'}`;
  return ({ onMessage, onInterrupted }) => {
    const publisher = openRedis(url, onChange);
    const subscriber = openRedis(url, () => {}); // the other one reports
    subscriber.on('error', onInterrupted);
    subscriber.on('ready', () => {
      onInterrupted();
      // each time: a client whose first attempt was never answered does not try again by itself
      subscriber.subscribe(channel, onMessage).catch(() => {});
    });
    const clients = [publisher, subscriber];
    return {
      bytesMax: BYTES_MAX,
      send: (text) => publisher.publish(channel, text),
      reconnect: () => {
        for (const client of clients) if (client.isReady) connectAgain(client);
      },
      close: async () => {
        for (const client of clients) if (client.isOpen) client.destroy();
      },
    };
  };
}
