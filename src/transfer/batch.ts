import type { ImportedParent } from '../forum/comment/index.ts';
import type { NewId, Transaction } from '../store/index.ts';
import type { Rendering } from '../text/markdown.ts';
import type { Mentioned } from '../text/mentions.ts';
import { EARLIEST_MS, LATEST_MS } from '../text/relative-time.ts';
import type { ImportedRow, ImportedRows, RowKind } from './imported-rows.ts';
import type { BodyRecord } from './record-references.ts';
import type { Omission, Place } from './record-source.ts';
import type { RecordKey } from './records.ts';
import type { Counts } from './report.ts';

/** A text that keeps the API's rules. */
export interface PreparedText {
  /** Empty for a comment. */
  readonly title: string;
  readonly body: string;
  readonly rendering: Rendering;
  readonly mentioned: Mentioned;
}

/** A record that is new or has changed since its last import. */
export interface PreparedRecord<R extends BodyRecord = BodyRecord> {
  readonly at: Place;
  readonly record: R;
  readonly key: RecordKey;
  readonly digest: string;
  /** Of discussions, comments and revisions. */
  readonly text: PreparedText | null;
}

/** What became of a record: the row, and the revision of its text. */
export interface Saved {
  readonly status: keyof Counts;
  readonly rowId: string;
  readonly revision?: number;
}

/** A record that cannot be stored. Nothing of it was written. */
export class RecordOmitted extends Error {
  override readonly name = 'RecordOmitted';
  readonly omission: Omission;

  constructor(what: string, detail?: string) {
    super(what);
    this.omission = { what, detail };
  }
}

/** A batch of records while it is stored: the state of one transaction. */
export class Batch {
  readonly tx: Transaction;
  readonly rows: ImportedRows;
  readonly newId: NewId;
  readonly now: Date;
  /** Whether imported people get the roles that they had. */
  readonly keepsRoles: boolean;
  /** The maximum depth of replies. */
  readonly replyDepthMax: number;
  /** The places of comments, by row id. */
  readonly places = new Map<string, ImportedParent>();
  /** Those of the discussions that were merged here, by row id: into which. */
  readonly mergedInto = new Map<string, string>();
  /** Those of the discussions of which others were split off, by row id: these. */
  readonly splits = new Map<string, Set<string>>();
  /** The revisions of discussions' texts, by row id. */
  readonly revisions = new Map<string, number>();
  /** The discussions whose counters have to be counted again, and how often each was changed. */
  readonly touched = new Map<string, number>();
  /** The numbers of comments that discussions had, by row id. */
  readonly sizes = new Map<string, number>();
  /** The unique values that records of this batch, or rows, have. */
  readonly #claimed = new Set<string>();
  readonly omissions: { readonly at: Place; readonly omission: Omission }[] = [];
  #at: Place = { file: '' };

  constructor(parts: Pick<Batch, 'tx' | 'rows' | 'newId' | 'now' | 'keepsRoles' | 'replyDepthMax'>) {
    this.tx = parts.tx;
    this.rows = parts.rows;
    this.newId = parts.newId;
    this.now = parts.now;
    this.keepsRoles = parts.keepsRoles;
    this.replyDepthMax = parts.replyDepthMax;
  }

  /** The record that is being stored. */
  goTo(at: Place): void {
    this.#at = at;
  }

  /** The discussion where the comments of this one are. */
  currentId(discussionId: string): string {
    return this.mergedInto.get(discussionId) ?? discussionId;
  }

  /** The discussions where comments of these may be: merged into, or split off. */
  threadsOf(discussionIds: Iterable<string>): Set<string> {
    const ids = new Set(discussionIds);
    // a set also goes through what is added to it meanwhile
    for (const id of ids) {
      ids.add(this.currentId(id));
      for (const splitOff of this.splits.get(id) ?? []) ids.add(splitOff);
    }
    return ids;
  }

  touch(discussionId: string): void {
    this.touched.set(discussionId, (this.touched.get(discussionId) ?? 0) + 1);
  }

  omit(what: string, detail?: string): void {
    this.omissions.push({ at: this.#at, omission: { what, detail } });
  }

  /** Remembers a value that only one row can have, among those of `scope`. Returns whether it was free. */
  claim(what: string, value: string, scope = ''): boolean {
    const name = `${what} ${scope} ${value}`;
    const isFree = !this.#claimed.has(name);
    this.#claimed.add(name);
    return isFree;
  }

  /** A value that only one row can have, for the first record that has it. Null, and a line in the report, for others. */
  claimed(what: string, value: string | null, scope?: string): string | null {
    if (value === null || this.claim(what, value, scope)) return value;
    this.omit(`${what} that another record has`, `"${value.slice(0, 100)}" stays with the first one.`);
    return null;
  }

  /** The row id of a record that another refers to. Null, and a line in the report, if it is not known. */
  idOf(kind: RowKind, key: RecordKey | null | undefined, role: string): string | null {
    if (!key) return null;
    const row = this.rows.get(kind, key);
    if (!row) this.omit(`unknown ${role}`, `"${key}" is no ${kind} before this record.`);
    return row?.rowId ?? null;
  }

  /** The row of a record without which this one makes no sense. */
  required(kind: RowKind, key: RecordKey, what: string): ImportedRow {
    const row = this.rows.get(kind, key);
    if (!row) throw new RecordOmitted(`${what} of an unknown ${kind}`, `"${key}" is not before it.`);
    return row;
  }

  /** The time of something that must have one. */
  time(iso: string): Date {
    const at = this.optionalTime(iso);
    if (!at) throw new RecordOmitted('records without a readable time', `"${iso.slice(0, 40)}" is no time.`);
    return at;
  }

  /** A time, but no later than now: orders and cursors take it for granted that nothing is newer. */
  optionalTime(iso: string | null | undefined): Date | null {
    if (iso === null || iso === undefined) return null;
    const ms = Date.parse(iso);
    if (!(ms >= EARLIEST_MS && ms <= LATEST_MS)) return null;
    if (ms <= this.now.getTime()) return new Date(ms);
    this.omit('times in the future', `${iso} became the time of the import.`);
    return this.now;
  }
}
