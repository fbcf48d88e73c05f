import { Refusal, type RefusalCode } from './errors.ts';

/** The result of a rule. The same verdict refuses a write (`enforce`) and answers `viewerCan`. */
export type Verdict = Allowed | Refused;

interface Allowed {
  readonly allowed: true;
  readonly code: null;
  readonly message: null;
  readonly unlocksAt: null;
}

export interface Refused {
  readonly allowed: false;
  readonly code: RefusalCode;
  /** A sentence for the viewer. It must not reveal anything hidden from them. */
  readonly message: string;
  /** When the action becomes allowed. Null if waiting does not help. */
  readonly unlocksAt: Date | null;
}

export const ALLOWED: Allowed = { allowed: true, code: null, message: null, unlocksAt: null };

/** Makes a verdict that refuses. */
export function refused(code: RefusalCode, message: string, unlocksAt: Date | null = null): Refused {
  return { allowed: false, code, message, unlocksAt };
}

/** The first verdict that refuses, or ALLOWED. Put the rule with the most specific reason first. */
export function firstRefused(...rules: readonly (() => Verdict)[]): Verdict {
  for (const rule of rules) {
    const verdict = rule();
    if (!verdict.allowed) return verdict;
  }
  return ALLOWED;
}

/** The error for a verdict that refuses. `field` is the input member that it concerns. */
export function refusal({ code, message }: Refused, field?: string): Refusal {
  return new Refusal(code, message, { field });
}

/** Throws if a verdict refuses. */
export function enforce(verdict: Verdict, field?: string): void {
  if (!verdict.allowed) throw refusal(verdict, field);
}
