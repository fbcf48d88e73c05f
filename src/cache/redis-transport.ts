import { connectAgain, type OnRedisChange, openRedis } from '../redis.ts';
import type { OpenTransport } from '../store/index.ts';

/** The limit keeps a message to all instances well below a megabyte. */
const BYTES_MAX = 200_000;

/** Redis's PUBLISH and SUBSCRIBE. Forums in different databases of one Redis use different channels. */
export function redisTransport(url: string, onChange: OnRedisChange): OpenTransport {
  // Redis shares channels between its databases
  const channel = `parley:invalidated:${new URL(url).pathname.slice(1) || '0'}`;
  return ({ onMessage, onInterrupted }) => {
    const publisher = openRedis(url, onChange);
    const subscriber = openRedis(url, () => {}); // the publisher reports
    subscriber.on('error', onInterrupted);
    subscriber.on('ready', () => {
      onInterrupted();
      // each time, because a client whose first attempt was never answered does not retry by itself
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
