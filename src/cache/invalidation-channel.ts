// How the instances of a forum learn what the others invalidate. Neither Redis nor NOTIFY promises that a message arrives,
// so each instance also sends a heartbeat, and receives its own. An instance that misses one, its own or another's, may
// have missed more: until the heartbeat is back it uses answers for a second only, and then it drops everything.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InvalidatedTags } from '../store/index.ts';

/** Carries messages to all instances, the sender included, in the order in which each of them sends. */
export interface Transport {
  /** Rejects if the message may not have been sent. */
  send(text: string): Promise<unknown>;
  /** Longer messages cannot be sent. */
  readonly bytesMax: number;
  /** Gives up its connections and opens new ones. */
  reconnect(): void;
  close(): Promise<void>;
}

export interface TransportEvents {
  onMessage(text: string): void;
  /** Messages may have been missed. */
  onInterrupted(): void;
}

export type OpenTransport = (events: TransportEvents) => Transport;

export interface InvalidationChannel {
  /** Sends what was invalidated to the other instances. Never fails, and nobody waits for it. */
  publish(tags: InvalidatedTags): void;
  /** `onInvalidated` is called with what the others publish, and with ALL after messages may have been missed. */
  subscribe(onInvalidated: (tags: InvalidatedTags) => void): void;
  /** Whether no message is being missed. */
  readonly isConnected: boolean;
  /** Resolves to whether all that was published has been sent. */
  close(): Promise<boolean>;
}

interface Message {
  readonly from: string;
  /** When it was sent, by its sender's own clock. */
  readonly at: number;
  /** If omitted, it is a heartbeat. */
  readonly tags?: readonly (readonly [tag: string, columns: readonly string[]])[] | 'ALL';
  /** Its sender has stopped, and nobody waits for its heartbeat. */
  readonly isStopping?: true;
}

const HEARTBEAT_MS = 300;
/** Within the second that an answer may be out of date elsewhere. */
const SILENT_MS_MAX = 900;
/** A connection without heartbeats for so long leads nowhere; TCP would find out in a quarter of an hour. */
const DEAD_MS = 3000;
/** An instance that has been silent for so long has crashed. */
const GONE_MS = 120_000;
const CLOSE_MS_MAX = 2000;

export function openInvalidationChannel(open: OpenTransport): InvalidationChannel {
  const me = randomUUID();
  /** When each instance was there, by this process' clock. */
  const seenAt = new Map<string, number>();
  let onInvalidated: (tags: InvalidatedTags) => void = () => {};
  /** Something may not have been sent: the next message says ALL. */
  let isBehind = false;
  let connectedAt = performance.now();
  /** When the heartbeat was sent that has not come back. */
  let awaitedSince: number | null = null;
  const sending = new Set<Promise<unknown>>();

  const receive = (text: string) => {
    const now = performance.now();
    const message = parsed(text);
    if (message === null) return onInvalidated('ALL'); // it stands for something, and nobody knows for what
    const { from, at, tags, isStopping } = message;
    if (from === me) {
      awaitedSince = null;
      connectedAt = now;
      if (now - at >= SILENT_MS_MAX) return; // held up on its way, and with it what the others say
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
    const message = (sent: Message['tags']) =>
      JSON.stringify({
        ...({ from: me, at: performance.now() } satisfies Message),
        ...(sent && { tags: sent }),
        ...(isStopping && { isStopping }),
      });
    const isMore = isBehind || tags !== null;
    let text = message(isBehind || tags === 'ALL' ? 'ALL' : tags ? [...tags] : undefined);
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
    // one at a time: behind a slow connection they would pile up, and each look like a sign that all is well
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
