import { LRUCache } from 'lru-cache';
import type { Context } from '../access/context.ts';
import type { Database, Touched } from '../store/index.ts';
import { bytesOf, type CachedAnswer, cachedAnswer, type GivenAnswer } from './cached-answer.ts';
import { withKeptRows } from './cached-rows.ts';
import { AGE_MS_MAX, droppingElsewhere } from './elsewhere.ts';
import { type KeyedRequest, operationOf, requestKey } from './request-key.ts';
import { type Draft, TaggedCache } from './tagged-cache.ts';
import { trackedContext } from './tracked-context.ts';

/** One request, as far as its answer may have been given before. */
export interface Question<TContext> {
  /** The kept answer for whoever it is; null also where the request says who asks. */
  known(): CachedAnswer | null;
  /** Finds out whether a member may be given what is kept, if that takes time: `knownTo` and `tracked` come after. */
  settle(): Promise<void> | null;
  /** The kept answer for who has been found to ask. */
  knownTo(context: TContext): CachedAnswer | null;
  /** The context to make the answer with. */
  tracked(context: TContext): TContext;
  /** Keeps the answer of a query that went well; null: it did not. */
  keep(answer: GivenAnswer | null): void;
}

export interface ResponseCache<TContext> {
  question(request: KeyedRequest): Question<TContext> | null;
  close(): Promise<void>;
}

/** Tells the other instances of a forum what was touched here, and hears it from them. */
export interface TouchBus {
  /** Resolves when the others can know, or know that they may have missed something. */
  publish(touched: Touched): Promise<void>;
  /** `hear` gets ALL after every gap in which something may have been missed. */
  subscribe(hear: (touched: Touched) => void): void;
  /** Whether nothing is being missed now. */
  readonly isConnected: boolean;
  /** Whether everything has been heard that was published before this was asked. Never rejects. */
  hasHeardAll(): Promise<boolean>;
  close(): Promise<void>;
}

export interface ResponseCacheParts {
  readonly db: Database;
  readonly bytesMax: number;
  /** Null: this process is the only one, or the others are not told. */
  readonly bus: TouchBus | null;
  /** How far behind the primary a read may have been. */
  readonly lagMs: number;
  /** How long an answer may take to be made. */
  readonly makingMsMax: number;
}

/** An answer is made again at least this often where other instances may write and nobody tells of it. */
const AGE_UNTOLD_MS_MAX = 1000;

/** Operations that are known to look at who asks. */
const PERSONAL_MAX = 1000;

/** Gives answers again while they would be the same. */
export function createResponseCache({ db, bus, ...parts }: ResponseCacheParts): ResponseCache<Context> {
  // a file tells by itself when another program has written to it; a server does not
  const dropElsewhere = droppingElsewhere(db);
  const isAlone = dropElsewhere !== null;
  const ageMsMax = () => (isAlone || bus?.isConnected ? AGE_MS_MAX : AGE_UNTOLD_MS_MAX);
  const cache = new TaggedCache({ ...parts, ageMsMax });
  const stop = db.onCommit((touched) => {
    cache.touch(touched);
    return bus?.publish(touched);
  });
  bus?.subscribe((touched) => cache.touch(touched));
  // what looks at its viewer: a member's answer is nobody else's, but most of what it is made of is everybody's
  const personal = new LRUCache<string, true>({ max: PERSONAL_MAX });
  const find = (key: string, isGuest: boolean) => {
    dropElsewhere?.(cache);
    return cache.find(key, isGuest) as CachedAnswer | null;
  };
  return {
    question: (request) => {
      const key = requestKey(request);
      if (key === null) return null;
      const namesSomebody =
        request.headers.authorization !== undefined || request.headers.cookie !== undefined;
      const operation = operationOf(request);
      const isPersonal = () => operation !== null && personal.get(operation) === true;
      let draft: Draft | null = null;
      let isGuest = !namesSomebody;
      // an author who has just written on another instance must find it here
      let isCurrent = isAlone;
      return {
        known: () => (namesSomebody ? null : find(key, true)),
        settle: () => {
          if (bus === null || isAlone || !namesSomebody || !(isPersonal() || cache.has(key))) return null;
          return bus.hasHeardAll().then((hasAll) => {
            isCurrent = hasAll;
          });
        },
        knownTo: ({ viewer }) => {
          isGuest = viewer === null;
          return namesSomebody && (isGuest || isCurrent) ? find(key, isGuest) : null;
        },
        tracked: (context) => {
          const { viewer } = context;
          if (isCurrent && viewer !== null && isPersonal()) {
            return cache.isAskedAgain(key) ? withKeptRows(context, cache, viewer.id) : context;
          }
          if (!cache.isWorthKeeping(key)) return context;
          draft = cache.draft();
          return trackedContext(context, draft);
        },
        keep: (answer) => {
          if (draft === null) return;
          const isOwn = draft.usesViewer && !isGuest;
          if (isOwn && operation !== null) personal.set(operation, true);
          if (answer === null || isOwn) cache.discard(draft);
          else cache.keep(key, draft, isGuest, cachedAnswer(cache, key, answer), bytesOf(answer));
        },
      };
    },
    close: async () => {
      stop();
    },
  };
}
