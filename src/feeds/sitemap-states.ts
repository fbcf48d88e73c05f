import { LRUCache } from 'lru-cache';
import type { Context } from '../access/context.ts';
import { type SitemapRange, type SitemapSizes, type SitemapState, stateOf } from './sitemap.ts';

/** How long the state of a file is used. Clients and proxies use the file for as long without asking. */
const STATE_MS = 60_000;
/** The files of four million discussions. Requests for other ranges replace the least recently used. */
const STATES_MAX = 100;

/**
 * The states of files. Each is computed once a minute, however many clients ask for it: those that ask while it is
 * computed wait for the same computation. It reads every discussion of the file.
 */
export class SitemapStates {
  readonly #sizes: SitemapSizes;
  readonly #states = new LRUCache<string, Promise<SitemapState>>({ max: STATES_MAX });

  constructor(sizes: SitemapSizes) {
    this.#sizes = sizes;
  }

  /** The state of a file in this minute. A failure is not remembered. */
  stateOf(ctx: Context, range: SitemapRange): Promise<SitemapState> {
    const minute = Math.floor(ctx.now().getTime() / STATE_MS);
    const key = `${range.after} ${range.upTo} ${minute}`;
    const known = this.#states.get(key);
    if (known) return known;
    const state = stateOf(ctx, range, this.#sizes);
    this.#states.set(key, state);
    state.catch(() => this.#states.delete(key));
    return state;
  }
}
