const ISO =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?<zone>Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * The instant of an ISO 8601 date ("2026-03-01", its first moment in UTC) or date and time ("2026-03-01T09:30Z");
 * a time without a zone is UTC. Null if the text is neither, or the day does not exist.
 */
export function instantOfIso(text: string): Date | null {
  const match = ISO.exec(text.trim());
  if (!match?.groups) return null;
  const { date = '', time = '00:00', zone = 'Z' } = match.groups;
  const midnight = new Date(`${date}T00:00:00Z`);
  const instant = new Date(`${date}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(midnight.getTime()) || Number.isNaN(instant.getTime())) return null;
  // Date turns 30 February into 2 March
  return midnight.toISOString().startsWith(date) ? instant : null;
}
