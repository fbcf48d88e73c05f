/** Transactions' own statements, and the programs of triggers, which the driver tells as comments. */
const NOT_COUNTED = /^\s*(--|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)/i;

/**
 * Runs in every measured process of the benchmark: ends it at SIGTERM and, if COUNT_STATEMENTS is set, counts the calls
 * of `onStatement` and answers each message of the parent process with the count. Otherwise `onStatement` is undefined,
 * so that counting costs nothing while time is measured.
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
