import { Refusal, type RefusalCode } from './errors.ts';

/** What a rule says. The same verdict refuses a write (`enforce`) and answers `viewerCan`. */
export type Verdict = Allowed | Refused;

export interface Allowed {
  readonly allowed: true;
  readonly code: null;
  readonly message: null;
  readonly unlocksAt: null;
}

export interface Refused {
  readonly allowed: false;
  readonly code: RefusalCode;
  /** A sentence for the viewer; it holds nothing that they may not know. */
  readonly message: string;
  /** From when on it is allowed, if nothing else changes; null: not by waiting. */
  readonly unlocksAt: Date | null;
}

export const ALLOWED: Allowed = { allowed: true, code: null, message: null, unlocksAt: null };

/** A verdict that refuses. */
export function refused(code: RefusalCode, message: string, unlocksAt: Date | null = null): Refused {
  return { allowed: false, code, message, unlocksAt };
}

/** The first verdict that refuses; allowed where none does. Rules are asked in order: the most telling reason first. */
export function firstRefused(...rules: readonly (() => Verdict)[]): Verdict {
  for (const rule of rules) {
    const verdict = rule();
    if (!verdict.allowed) return verdict;
  }
  return ALLOWED;
}

/** A refusing verdict as what is thrown. `field`: the input member that it is about. */
export function refusal({ code, message }: Refused, field?: string): Refusal {
  return new Refusal(code, message, { field });
}

/** Throws where a verdict refuses. */
export function enforce(verdict: Verdict, field?: string): void {
  if (!verdict.allowed) throw refusal(verdict, field);
}
