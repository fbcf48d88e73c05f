import { Refusal, type RefusalCode } from './errors.ts';

/** A refusal as a dry run shows it. No Error: GraphQL fails a field for any that it meets, in a list too. */
export interface Problem {
  readonly code: RefusalCode;
  /** Null: it is about no single member of the input. */
  readonly field: string | null;
  readonly message: string;
}

export function problemOf({ code, field, message }: Refusal): Problem {
  return { code, field: field ?? null, message };
}

/** Asks every check, and collects what they refuse with, in their order. What is no refusal is thrown on. */
export async function problemsOf(checks: readonly (() => unknown)[]): Promise<Problem[]> {
  const found = await Promise.all(checks.map(askedOf));
  return found.filter((problem) => problem !== null);
}

async function askedOf(check: () => unknown): Promise<Problem | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return problemOf(error);
    throw error;
  }
}
