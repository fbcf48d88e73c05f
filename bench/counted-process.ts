/** Transactions' own statements, and the programs of triggers, which the driver tells as comments. */
const NOT_COUNTED = /^\s*(--|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)/i;

/**
 * What every measured process of the benchmark's own does: it ends at SIGTERM, and where COUNT_STATEMENTS is set it
 * counts what `onStatement` hears and tells the count to whoever started it, at each message. Unset, there is no
 * `onStatement`, so that counting costs nothing where time is measured.
 */
export function countedProcess(): { readonly onStatement: ((sql: string) => void) | undefined } {
  process.on('SIGTERM', () => process.exit(0));
  if (!process.env['COUNT_STATEMENTS']) return { onStatement: undefined };
  let count = 0;
  process.on('message', () => process.send?.(count));
  return {
    onStatement: (sql) => {
      if (!NOT_COUNTED.test(sql)) count++;
    },
  };
}
