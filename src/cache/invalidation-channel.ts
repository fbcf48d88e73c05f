// How the instances of a forum learn what the others invalidate. Neither Redis nor NOTIFY guarantees delivery, so each
// instance also sends heartbeats, and receives its own. An instance that misses a heartbeat may have missed other
// messages: until heartbeats resume, its cached answers live for one second, and then it drops everything.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InvalidatedTags, OpenTransport } from '../store/index.ts';

export interface InvalidationChannel {
  /** Sends invalidated tags to the other instances. It never fails, and callers do not wait for it. */
  publish(tags: InvalidatedTags): void;
  /** Calls `onInvalidated` with what the others publish, and with ALL after messages may have been missed. */
  subscribe(onInvalidated: (tags: InvalidatedTags) => void): void;
  /** False while messages may be missed. */
  readonly isConnected: boolean;
  /** Resolves to whether everything published has been sent. */
  close(): Promise<boolean>;
}

interface Message {
  readonly from: string;
  /** When it was sent, by the sender's own clock. */
  readonly at: number;
  /** If omitted, it is a heartbeat. */
  readonly tags?: readonly (readonly [tag: string, columns: readonly string[]])[] | 'ALL';
  /** The sender is stopping, so its heartbeats end. */
  readonly isStopping?: true;
}

const HEARTBEAT_MS = 300;
/** Less than the second for which an answer may be outdated on other instances. */
const SILENT_MS_MAX = 900;
/** A connection without heartbeats for this long is dead. TCP would notice only after a quarter of an hour. */
const DEAD_MS = 3000;
/** An instance that has been silent for this long has crashed. */
const GONE_MS = 120_000;
const CLOSE_MS_MAX = 2000;

export function openInvalidationChannel(open: OpenTransport): InvalidationChannel {
  const me = randomUUID();
  /** When the last message of each instance came, by this process's clock. */
  const seenAt = new Map<string, number>();
  let onInvalidated: (tags: InvalidatedTags) => void = () => {};
  /** A message may not have been sent, so the next one carries ALL. */
  let isBehind = false;
  let connectedAt = performance.now();
  /** When the heartbeat that has not come back was sent. */
  let awaitedSince: number | null = null;
  const sending = new Set<Promise<unknown>>();

  const receive = (text: string) => {
    const now = performance.now();
    const message = parsed(text);
    if (message === null) return onInvalidated('ALL'); // unreadable: it may invalidate anything
    const { from, at, tags, isStopping } = message;
    if (from === me) {
      awaitedSince = null;
      connectedAt = now;
      if (now - at >= SILENT_MS_MAX) return; // delayed, and so may be the messages of others
    } else if (tags) onInvalidated(tags === 'ALL' ? tags : new Map(tags));
    const before = seenAt.get(from);
    if (isStopping) seenAt.delete(from);
    else seenAt.set(from, now);
    if (before === undefined || now - before >= SILENT_MS_MAX) onInvalidated('ALL');
  };
  const transport = open({
    onMessage: receive,
    onInterrupted: () => {
      seenAt.delete(me);
      awaitedSince = null;
    },
  });
  const send = (tags: InvalidatedTags | null, isStopping = false): Promise<unknown> => {
    const message = (sent: Message['tags'] | null) =>
      JSON.stringify({
        ...({ from: me, at: performance.now() } satisfies Message),
        ...(sent && { tags: sent }),
        ...(isStopping && { isStopping }),
      });
    const isMore = isBehind || tags !== null;
    const isAll = isBehind || tags === 'ALL';
    let text = message(isAll ? 'ALL' : tags && [...tags]);
    if (Buffer.byteLength(text) > transport.bytesMax) text = message('ALL');
    isBehind = false;
    const sent = transport.send(text).catch(() => {
      isBehind ||= isMore;
    });
    sending.add(sent);
    return sent.finally(() => sending.delete(sent));
  };
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [instance, at] of seenAt) {
      if (instance === me || now - at <= GONE_MS) continue;
      seenAt.delete(instance);
      onInvalidated('ALL');
    }
    if (now - connectedAt > DEAD_MS) {
      connectedAt = now;
      transport.reconnect();
    }
    // one at a time: on a slow connection they would pile up, and late ones would look like a working connection
    if (!isBehind && awaitedSince !== null && now - awaitedSince < SILENT_MS_MAX) return;
    awaitedSince = now;
    void send(null);
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    publish: (tags) => void send(tags),
    subscribe: (listener) => {
      onInvalidated = listener;
    },
    get isConnected() {
      const now = performance.now();
      if (!seenAt.has(me)) return false;
      for (const at of seenAt.values()) if (now - at >= SILENT_MS_MAX) return false;
      return true;
    },
    close: async () => {
      clearInterval(timer);
      const until = performance.now() + CLOSE_MS_MAX;
      const flush = async () => {
        await Promise.all(sending);
        while (isBehind && performance.now() < until) {
          await send(null);
          if (isBehind) await sleep(50);
        }
        await send(null, true);
        return !isBehind;
      };
      // a send that is never answered is not waited for
      const isSent = await Promise.race([flush(), sleep(CLOSE_MS_MAX, false, { ref: false })]);
      await transport.close();
      return isSent;
    },
  };
}

function parsed(text: string): Message | null {
  try {
    const message = JSON.parse(text) as Message;
    return typeof message.from === 'string' ? message : null;
  } catch {
    return null;
  }
}
