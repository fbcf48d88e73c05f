const [HOUR, DAY, MONTH] = [60, 24 * 60, 30 * 24 * 60]; // in minutes
const ALMOST_TWO_DAYS = 42 * HOUR;

/**
 * How long before `now` an instant was, in the words of Rails' `distance_of_time_in_words`, such as "almost 4 years". It
 * returns what date-fns' `formatDistance` does, in a tenth of the time: a thread page has dozens of them. Calendar months
 * are in UTC, so the machine's time zone does not matter.
 */
export function distancePhrase(from: Date, now: Date): string {
  const minutes = Math.round(Math.trunc(Math.abs(now.getTime() - from.getTime()) / 1000) / 60);
  if (minutes === 0) return 'less than a minute';
  if (minutes < 45) return counted(minutes, 'minute');
  if (minutes < 90) return 'about 1 hour';
  if (minutes < DAY) return `about ${counted(Math.round(minutes / HOUR), 'hour')}`;
  if (minutes < ALMOST_TWO_DAYS) return '1 day';
  if (minutes < MONTH) return counted(Math.round(minutes / DAY), 'day');
  if (minutes < 2 * MONTH) return `about ${counted(Math.round(minutes / MONTH), 'month')}`;
  const months = from < now ? fullMonths(from, now) : fullMonths(now, from);
  if (months < 12) return counted(Math.round(minutes / MONTH), 'month');
  const years = Math.trunc(months / 12);
  if (months % 12 < 3) return `about ${counted(years, 'year')}`;
  if (months % 12 < 9) return `over ${counted(years, 'year')}`;
  return `almost ${counted(years + 1, 'year')}`;
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

/** The number of whole calendar months between two instants that are two or more months apart. */
function fullMonths(from: Date, to: Date): number {
  const months = 12 * (to.getUTCFullYear() - from.getUTCFullYear()) + to.getUTCMonth() - from.getUTCMonth();
  const shifted = new Date(to);
  // the last days of February count as the end of any month
  if (to.getUTCMonth() === 1 && to.getUTCDate() > 27) shifted.setUTCDate(30);
  shifted.setUTCMonth(shifted.getUTCMonth() - months);
  return shifted < from ? months - 1 : months;
}
