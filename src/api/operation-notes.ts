import type { HTTPGraphQLRequest } from '@apollo/server';
import type { OperationNote } from '../server/http/request-log.ts';

/** How operations ended, each found by the object that was its HTTP request. */
export interface OperationNotes {
  set(http: HTTPGraphQLRequest, note: OperationNote): void;
  get(http: HTTPGraphQLRequest): OperationNote | null;
}

const NOTE = Symbol('note');

/** On the requests themselves: a WeakMap of what lives as shortly as they do is a third of all garbage collection. */
export const operationNotes: OperationNotes = {
  set: (http, note) => {
    (http as { [NOTE]?: OperationNote })[NOTE] = note;
  },
  get: (http) => (http as { [NOTE]?: OperationNote })[NOTE] ?? null,
};
