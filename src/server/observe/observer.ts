import type { OperationRequest } from '../../api/operation-request.ts';
import type { Overload } from '../overload/admission.ts';

/** Observes operations for the operator. Every method is called synchronously, and must be fast. */
export interface Observer {
  /** An operation is about to be answered. */
  begun?(request: OperationRequest): void;
  /** Its answer is ready. */
  ended?(request: OperationRequest, status: number): void;
  /** Requests were refused before they were read: one, if omitted. */
  refused?(overload: Overload, requests?: number): void;
  /** A request met an error that is no refusal. */
  fault?(error: unknown): void;
}

/** One observer that calls all of them. */
export function together(observers: readonly Observer[]): Required<Observer> {
  const having = <K extends keyof Observer>(name: K) => observers.filter((observer) => observer[name]);
  const [begun, ended] = [having('begun'), having('ended')];
  return {
    begun: (request) => {
      for (const observer of begun) observer.begun?.(request);
    },
    ended: (request, status) => {
      for (const observer of ended) observer.ended?.(request, status);
    },
    refused: (overload, requests = 1) => {
      for (const observer of observers) observer.refused?.(overload, requests);
    },
    fault: (error) => {
      for (const observer of observers) observer.fault?.(error);
    },
  };
}
