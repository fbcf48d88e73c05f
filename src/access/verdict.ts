import { Refusal, type RefusalCode } from './errors.ts';

/** The result of a rule. The same verdict refuses a write (`enforce`) and answers `viewerCan`. */
export type Verdict = Allowed | Refused;

interface Allowed {
  readonly isAllowed: true;
  readonly code: null;
  readonly message: null;
}

interface Refused {
  readonly isAllowed: false;
  readonly code: RefusalCode;
  /** A sentence for the viewer. It must not reveal anything hidden from them. */
  readonly message: string;
}

export const ALLOWED: Allowed = { isAllowed: true, code: null, message: null };

/** Makes a verdict that refuses. */
export function refused(code: RefusalCode, message: string): Refused {
  return { isAllowed: false, code, message };
}

/** The first verdict that refuses, or ALLOWED. Put the rule with the most specific reason first. */
export function firstRefused(...rules: readonly (() => Verdict)[]): Verdict {
  for (const rule of rules) {
    const verdict = rule();
    if (!verdict.isAllowed) return verdict;
  }
  return ALLOWED;
}

/** The error for a verdict that refuses. `field` is the input member that it concerns. */
export function refusal({ code, message }: Refused, field?: string): Refusal {
  return new Refusal(code, message, { field });
}

/** Throws if a verdict refuses. */
export function enforce(verdict: Verdict, field?: string): void {
  if (!verdict.isAllowed) throw refusal(verdict, field);
}
