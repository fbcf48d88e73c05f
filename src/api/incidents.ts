import { randomUUID } from 'node:crypto';
import { type Refusal, unavailable } from '../access/errors.ts';
import { type Log, RepeatedEvents } from '../log.ts';
import { OutcomeUnknown, unavailabilityOf } from '../store/index.ts';

/** What a client sees of a fault: an incident id, which leads the operator to the log line. */
interface Incident {
  readonly id: string;
  readonly message: string;
}

export interface IncidentOf {
  (fault: unknown, where?: object): Incident;
  /** The refusal for an error of a dependency that cannot serve, which is logged. Null for any other error. */
  unavailable(error: unknown): Refusal | null;
}

/**
 * Logs faults with incident ids. The same error object is logged once under one id, however many fields it fails: a
 * loader that rejects fails every row that waits for it. So is the same fault within a second: an unreachable database
 * fails every request.
 */
export function createIncidents(log: Log, onFault: (fault: unknown) => void = () => {}): IncidentOf {
  const incidents = new WeakMap<object, Incident>();
  const repeated = new RepeatedEvents<Incident>();
  const incidentOf = (fault: unknown, where: object = {}): Incident => {
    const isObject = typeof fault === 'object' && fault !== null;
    const seen = isObject ? incidents.get(fault) : undefined;
    if (seen) return seen;
    onFault(fault);
    const incident = repeated.record(
      identityOf(fault),
      () => {
        const id = randomUUID().slice(0, 8);
        log.error({ incident: id, ...where, err: fault }, 'a request met a fault');
        return { id, message: `Something went wrong on our side. Incident ${id}.` };
      },
      ({ id }, more) => log.error({ incident: id, more }, 'more requests met the same fault'),
    );
    if (isObject) incidents.set(fault, incident);
    return incident;
  };
  return Object.assign(incidentOf, { unavailable: unavailableLogged(log, onFault) });
}

/** Translates errors of a database that cannot serve. It is the only place that does, wherever they surface. */
function unavailableLogged(log: Log, onFault: (fault: unknown) => void): IncidentOf['unavailable'] {
  const repeated = new RepeatedEvents<string>();
  return (error) => {
    const reason = unavailabilityOf(error);
    if (reason === null) return null;
    onFault(error);
    repeated.record(
      reason,
      () => {
        log.error({ reason, err: error }, 'the database cannot serve');
        return reason;
      },
      (_, more) => log.error({ reason, more }, 'the database could not serve more requests'),
    );
    return unavailable(error instanceof OutcomeUnknown);
  };
}

/** Equal for errors of the same kind, with the same message, from the same place. */
function identityOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const { name, message, stack = '' } = fault;
  return `${name} ${message} ${/^ +at .*$/m.exec(stack)?.[0]}`;
}
