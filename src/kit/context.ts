import type DataLoader from 'dataloader';
import type { Database } from './db/database.ts';

/** Who is asking, as far as rules need to know. */
export interface Viewer {
  /** The author's row id. */
  readonly id: string;
  readonly role: 'MEMBER' | 'VENDOR' | 'MODERATOR' | 'ADMIN';
}

/** What one request carries through resolvers, reads and writes. Made by app/context.ts, once a request. */
export interface Context {
  readonly db: Database;
  /** Null: a guest. */
  readonly viewer: Viewer | null;
  /** The request's time: the same at every call, so that one answer is of one moment. */
  now(): Date;
  /** A fresh row id, carrying the given time or the request's. */
  newId(at?: Date): string;
  /** The base of the addresses that answers give, without a slash at its end. */
  readonly siteUrl: string;
  /** This request's loaders by name; see loader.ts. */
  readonly loaders: Map<string, DataLoader<string, unknown>>;
}
