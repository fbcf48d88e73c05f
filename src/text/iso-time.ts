const DAY_MS = 86_400_000;
/** The last day with a four-digit year. Later days, and days before 1970, are left to Date. */
const DAYS_MAX = Date.UTC(9999, 11, 31) / DAY_MS;
/** The times in a forum fall on a few thousand days. */
const CACHED_DAYS_MAX = 20_000;

const days = new Map<number, string>();
const pairs = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const triples = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** Same as `new Date(ms).toISOString()`, in a quarter of the time. The response for a page has a hundred times. */
export function isoTime(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (!Number.isInteger(ms) || day < 0 || day > DAYS_MAX) return new Date(ms).toISOString();
  const rest = ms - day * DAY_MS;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${pairs[Math.floor(minutes / 60)]}:${pairs[minutes % 60]}:${pairs[seconds % 60]}`;
  return `${dateOf(day)}${clock}.${triples[rest % 1000]}Z`;
}

function dateOf(day: number): string {
  let date = days.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 11);
    if (days.size === CACHED_DAYS_MAX) days.clear();
    days.set(day, date);
  }
  return date;
}
