import type { Context } from '../../access/context.ts';
import { chain, isPromise, type MaybePromise, SyncPromise } from './sync-promise.ts';

/** Fetches the values of many keys at once, in the order of the keys. */
export type Batch<V> = (ctx: Context, keys: readonly string[]) => MaybePromise<readonly V[]>;

/** Values by key: what is asked of it until its loaders are fetched comes by one call of its batch, each key once. */
export class Loader<V> {
  readonly #loaders: Loaders;
  readonly #name: string;
  readonly #batch: (keys: readonly string[]) => MaybePromise<readonly V[]>;
  readonly #known = new Map<string, SyncPromise<V>>();
  /** What is to be fetched, and what waits for it, in the same order. */
  #keys: string[] = [];
  #waiting: SyncPromise<V>[] = [];
  /** Fetched once nothing else is left to fetch; see `loader`. */
  readonly isLast: boolean;
  /** Rows that are there already, not yet looked through: most are never asked for. */
  #spare: { readonly rows: readonly NonNullable<V>[]; readonly keyOf: (row: NonNullable<V>) => string }[] =
    [];

  constructor(
    loaders: Loaders,
    name: string,
    batch: (keys: readonly string[]) => MaybePromise<readonly V[]>,
    isLast: boolean,
  ) {
    this.#loaders = loaders;
    this.#name = name;
    this.#batch = batch;
    this.isLast = isLast;
  }

  load(key: string): SyncPromise<V> {
    if (this.#spare.length > 0) this.#lookThrough();
    const known = this.#known.get(key);
    if (known) return known;
    const asked = new SyncPromise<V>();
    this.#known.set(key, asked);
    this.#waiting.push(asked);
    if (this.#keys.push(key) === 1) this.#loaders.note(this as Loader<unknown>);
    return asked;
  }

  /** Spares the batch a value that is there already; one that is known stays as it is. */
  prime(key: string, value: V): void {
    if (!this.#known.has(key)) this.#known.set(key, SyncPromise.of(value));
  }

  /** The same for rows of a page. */
  primeRows(rows: readonly NonNullable<V>[], keyOf: (row: NonNullable<V>) => string): void {
    if (rows.length > 0) this.#spare.push({ rows, keyOf });
  }

  #lookThrough(): void {
    const spare = this.#spare;
    this.#spare = [];
    for (const { rows, keyOf } of spare) for (const row of rows) this.prime(keyOf(row), row);
  }

  /** Runs the batch over what was asked since the last time. */
  fetch(): void {
    const keys = this.#keys;
    const asked = this.#waiting;
    this.#keys = [];
    this.#waiting = [];
    const fail = (reason: unknown) => {
      for (const one of asked) one.fail(reason);
    };
    try {
      const values = this.#batch(keys);
      if (isPromise(values)) values.then((found) => this.#answer(asked, found), fail).then(undefined, fail);
      else this.#answer(asked, values);
    } catch (error) {
      fail(error);
    }
  }

  #answer(asked: readonly SyncPromise<V>[], values: readonly V[]): void {
    if (values.length !== asked.length) {
      throw new Error(`The loader ${this.#name} has ${values.length} values for ${asked.length} keys.`);
    }
    for (let i = 0; i < asked.length; i++) asked[i]?.keep(values[i] as V);
  }
}

/**
 * The loaders of one request. Whoever runs the request's resolvers level by level fetches once for each level (see
 * `drive`); for anybody else they are fetched when nothing else is left to do in the turn.
 */
export class Loaders {
  readonly #byName = new Map<string, Loader<unknown>>();
  /** The fields that the request's operation may select, as `Type.field`; null: unknown. See selected-columns.ts. */
  selectedFields: ReadonlySet<string> | null = null;
  readonly #together: ((work: () => void) => void) | null;
  #asked: Loader<unknown>[] = [];
  #askedLast: Loader<unknown>[] = [];
  #isDriven = false;
  #isDue = false;

  /** `together`: how the store reads from one state, where it can; see Reader. */
  constructor(together?: (work: () => void) => void) {
    this.#together = together ?? null;
  }

  named<V>(name: string, make: () => Loader<V>): Loader<V> {
    let known = this.#byName.get(name) as Loader<V> | undefined;
    if (!known) {
      known = make();
      this.#byName.set(name, known as Loader<unknown>);
    }
    return known;
  }

  note(loader: Loader<unknown>): void {
    // where each fetch is waited for, one that comes last would be one more wait
    if (loader.isLast && this.#together) this.#askedLast.push(loader);
    else this.#asked.push(loader);
    if (this.#isDriven || this.#isDue) return;
    this.#isDue = true;
    // behind the promises of this turn, which may ask for more
    Promise.resolve().then(() => process.nextTick(() => this.#fetchDue()));
  }

  /** Runs `work`, which promises to call `fetch` before it ends. */
  drive(work: () => void): void {
    this.#isDriven = true;
    try {
      if (this.#together) this.#together(work);
      else work();
    } finally {
      this.#isDriven = false;
    }
  }

  /** Fetches what was asked for; false: there was nothing. */
  fetch(): boolean {
    let asked = this.#asked;
    if (asked.length > 0) this.#asked = [];
    else {
      asked = this.#askedLast;
      if (asked.length === 0) return false;
      this.#askedLast = [];
    }
    for (const loader of asked) loader.fetch();
    return true;
  }

  /** Forgets what was fetched: after a write it may be no longer so. */
  clear(): void {
    this.#byName.clear();
  }

  #fetchDue(): void {
    this.#isDue = false;
    while (this.fetch());
  }
}

/**
 * The request's loader of this name: what is asked of it together is fetched by one call of `batch`, and what was
 * fetched is kept for the rest of the request. The name must tell apart everything that `batch` closes over.
 * `isLast`: for what is asked for in many places and leads nowhere else, mostly. Where the store answers at once it is
 * fetched when nothing else is left to fetch, for all these places together.
 */
export function loader<V>(ctx: Context, name: string, batch: Batch<V>, isLast = false): Loader<V> {
  return ctx.loaders.named(name, () => new Loader<V>(ctx.loaders, name, (keys) => batch(ctx, keys), isLast));
}

/** The rows in the order of the keys that they were asked by; null where there is no row. */
export function inOrderOf<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  if (keys.length === 1) return [rows[0] ?? null];
  const inOrder = alreadyInOrder(keys, rows, keyOf);
  if (inOrder) return inOrder;
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** SQLite looks keys up one after the other and answers in their order: then nothing has to be put into it. */
function alreadyInOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] | null {
  let placed = 0;
  const found = keys.map((key) => {
    const row = rows[placed];
    if (row === undefined || keyOf(row) !== key) return null;
    placed++;
    return row;
  });
  return placed === rows.length ? found : null;
}

/** Puts rows into one list for each key, in the order of the rows; an empty list where a key has none. */
export function groupedBy<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
}

/** What a nullable reference leads to: null where there is none. */
export function referenced<V>(
  id: string | null,
  load: (id: string) => Promise<V | null>,
): Promise<V | null> | null {
  return id === null ? null : load(id);
}

/** `groupedBy` for rows that may still be coming. */
export function rowsByKey<Row>(
  keys: readonly string[],
  rows: MaybePromise<readonly Row[]>,
  keyOf: (row: Row) => string,
): MaybePromise<Row[][]> {
  return chain(rows as MaybePromise<Row[]>, (found) => groupedBy(keys, found, keyOf));
}

/** `inOrderOf` for rows that may still be coming: what most batches answer. */
export function rowsInOrder<Row>(
  keys: readonly string[],
  rows: MaybePromise<readonly Row[]>,
  keyOf: (row: Row) => string,
): MaybePromise<(Row | null)[]> {
  return chain(rows as MaybePromise<Row[]>, (found) => inOrderOf(keys, found, keyOf));
}
