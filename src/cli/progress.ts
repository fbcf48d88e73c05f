/** The time between two lines if stderr is no terminal, and between two drawings if it is. */
const LINE_MS = 5_000;
const DRAW_MS = 200;
const BAR_CHARS = 24;

/** What has been done of how much; null: nobody knows how much there is. */
interface Amount {
  readonly done: number;
  readonly total: number | null;
}

/** The time of which the speed tells how much time is left: an import passes over what is stored faster than it adds. */
const WINDOW_MS = 60_000;
/** Between two points of the window. */
const POINT_MS = 1_000;

/** How fast something is done. */
export class Pace {
  readonly #points: { readonly ms: number; readonly done: number }[];

  /** `ms`: the time, as in the other calls. */
  constructor(ms: number) {
    this.#points = [{ ms, done: 0 }];
  }

  /** What was done at a time. */
  add(ms: number, done: number): void {
    const last = this.#points.at(-1);
    if (last && this.#points.length > 1 && ms - last.ms < POINT_MS) return;
    this.#points.push({ ms, done });
    while ((this.#points[1]?.ms ?? ms) < ms - WINDOW_MS) this.#points.shift();
  }

  /** How long the rest takes at the present speed. Null: nobody knows. */
  leftMs(ms: number, { done, total }: Amount): number | null {
    const [first] = this.#points;
    if (total === null || !first || done <= first.done) return null;
    return ((ms - first.ms) / (done - first.done)) * Math.max(0, total - done);
  }
}

/** Shows progress on stderr: a bar with the time left on a terminal, or a line every few seconds. */
export class Progress {
  readonly #startedMs = performance.now();
  readonly #isTerminal = process.stderr.isTTY === true;
  readonly #pace = new Pace(performance.now());
  #printedMs = performance.now();
  #done = 0;

  /** `what` says what is done, such as "12000 records". */
  show({ done, total }: Amount, what: string): void {
    const nowMs = performance.now();
    this.#done = Math.max(this.#done, done);
    const amount = { done: this.#done, total };
    this.#pace.add(nowMs, amount.done);
    if (nowMs - this.#printedMs < (this.#isTerminal ? DRAW_MS : LINE_MS)) return;
    this.#printedMs = nowMs;
    const text = `${shareOf(amount)}${what}${this.#timeLeft(amount, nowMs)}`;
    process.stderr.write(this.#isTerminal ? `\r\u001B[K${barOf(amount)}${text}` : `${text}\n`);
  }

  /** Removes the bar. Call it before anything else is printed. */
  clear(): void {
    if (this.#isTerminal) process.stderr.write('\r\u001B[K');
  }

  get seconds(): number {
    return (performance.now() - this.#startedMs) / 1000;
  }

  #timeLeft(amount: Amount, nowMs: number): string {
    const leftMs = this.#pace.leftMs(nowMs, amount);
    return leftMs === null ? '' : `, about ${duration(leftMs)} left`;
  }
}

function shareOf({ done, total }: Amount): string {
  return total === null || total === 0 ? '' : `${Math.min(100, Math.floor((done / total) * 100))} %, `;
}

function barOf({ done, total }: Amount): string {
  if (total === null || total === 0) return '';
  const full = Math.min(BAR_CHARS, Math.round((done / total) * BAR_CHARS));
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CHARS - full)}] `;
}

/** "40 s", "12 min", "3 h 5 min". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
