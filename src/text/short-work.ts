/**
 * The time that work on short texts may take in one turn of the event loop. The next text begins in a later turn, after
 * whatever else has arrived was answered.
 */
const MS_A_TURN = 8;

let spentMs = 0;
let turn: Promise<void> | undefined;

/** Resolves when the present turn is over. */
function nextTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      spentMs = 0;
      turn = undefined;
      resolve();
    });
  });
  return turn;
}

/**
 * Runs work on a short text here, because a thread would cost more than the work. Fifty texts in one operation do not
 * hold up the event loop together: they run in several turns.
 */
export async function runInTurns<T>(work: () => T): Promise<T> {
  while (spentMs >= MS_A_TURN) await nextTurn();
  const startedAt = performance.now();
  try {
    return work();
  } finally {
    spentMs += performance.now() - startedAt;
    void nextTurn();
  }
}
