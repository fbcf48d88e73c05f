/** The time between two lines if stderr is no terminal, and between two drawings if it is. */
const LINE_MS = 5_000;
const DRAW_MS = 200;
const BAR_CHARS = 24;

/** What has been done of how much; null: nobody knows how much there is. */
export interface Amount {
  readonly done: number;
  readonly total: number | null;
}

/** Shows progress on stderr: a bar with the time left on a terminal, or a line every few seconds. */
export class Progress {
  readonly #startedMs = performance.now();
  readonly #isTerminal = process.stderr.isTTY === true;
  #printedMs = performance.now();

  /** `what` says what is done, such as "12000 records". */
  show(amount: Amount, what: string): void {
    const nowMs = performance.now();
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

  #timeLeft({ done, total }: Amount, nowMs: number): string {
    if (total === null || done <= 0) return '';
    const leftMs = ((nowMs - this.#startedMs) / done) * Math.max(0, total - done);
    return `, about ${duration(leftMs)} left`;
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
