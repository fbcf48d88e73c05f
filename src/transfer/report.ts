import type { Omission, Place } from './record-source.ts';
import { placeText } from './record-source.ts';

/** What happened to the records of a type. */
export interface Counts {
  created: number;
  updated: number;
  unchanged: number;
}

/** Everything of a kind that was left out or changed: how many, and the first of them. */
interface OmittedKind {
  count: number;
  readonly first: { readonly at: string; readonly detail?: string | undefined }[];
}

/** Enough to see what a kind is about. */
const FIRST_MAX = 20;
/** A converter that puts names into `what` must not fill the memory. */
const KINDS_MAX = 200;
const OTHERS = 'others';

/** The result of an import, of bounded size. */
export interface ReportSummary {
  readonly records: Readonly<Record<string, Counts>>;
  readonly omitted: Readonly<Record<string, OmittedKind>>;
}

/** Collects what an import did. `onOmission` gets each line as it comes, for a file. */
export class Report {
  readonly #records = new Map<string, Counts>();
  readonly #omitted = new Map<string, OmittedKind>();
  readonly #onOmission: (line: string) => void;
  created = 0;
  updated = 0;
  unchanged = 0;
  omitted = 0;

  constructor(onOmission: (line: string) => void = () => {}) {
    this.#onOmission = onOmission;
  }

  count(type: string, status: keyof Counts, by = 1): void {
    let counts = this.#records.get(type);
    if (!counts) {
      counts = { created: 0, updated: 0, unchanged: 0 };
      this.#records.set(type, counts);
    }
    counts[status] += by;
    this[status] += by;
  }

  omit(at: Place, { what, detail }: Omission): void {
    const name = this.#omitted.has(what) || this.#omitted.size < KINDS_MAX ? what : OTHERS;
    let kind = this.#omitted.get(name);
    if (!kind) {
      kind = { count: 0, first: [] };
      this.#omitted.set(name, kind);
    }
    kind.count++;
    this.omitted++;
    if (kind.first.length < FIRST_MAX) kind.first.push({ at: placeText(at), detail });
    this.#onOmission(`${placeText(at)}: ${what}${detail === undefined ? '' : `: ${detail}`}`);
  }

  summary(): ReportSummary {
    return { records: Object.fromEntries(this.#records), omitted: Object.fromEntries(this.#omitted) };
  }
}
