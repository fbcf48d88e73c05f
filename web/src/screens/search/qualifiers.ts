/** The words of a query, with phrases in quotation marks in one piece. */
function wordsOf(query: string): readonly string[] {
  return query.match(/(?:[^\s"]|"[^"]*(?:"|$))+/g) ?? [];
}

/** Whether a query contains a qualifier such as `tag:api`, written the same and outside of phrases. */
export function hasQualifier(query: string, qualifier: string): boolean {
  return wordsOf(query).includes(qualifier);
}

/**
 * A query with a qualifier, or without it if it has it already. The qualifier becomes the first word: a phrase at the end
 * may lack its quotation mark, and the last word may be incomplete.
 */
export function toggleQualifier(query: string, qualifier: string): string {
  return hasQualifier(query, qualifier)
    ? wordsOf(query)
        .filter((word) => word !== qualifier)
        .join(' ')
    : `${qualifier} ${query}`.trim();
}
