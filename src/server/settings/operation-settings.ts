// The settings for load that is too much, and for what an operator sees from outside.
import type * as z from 'zod';
import { optionalPort, wholeNumber } from './setting-forms.ts';

export const operationSettings = {
  CONNECTIONS_MAX: wholeNumber(4000, 1, 1_000_000),
  IN_FLIGHT_MAX: wholeNumber(256, 1, 100_000),
  OVERLOAD_WAIT_MS: wholeNumber(100, 0, 60_000),
  METRICS_PORT: optionalPort(),
  HEALTH_PORT: optionalPort(),
  SLOW_OPERATION_MS: wholeNumber(1000, 0, 600_000),
};

/** What each must be, for the message that ends the start. */
export const OPERATION_MUST_BE = {
  CONNECTIONS_MAX: 'a whole number from 1 to 1000000',
  IN_FLIGHT_MAX: 'a whole number from 1 to 100000',
  OVERLOAD_WAIT_MS: 'a whole number from 0 to 60000',
  METRICS_PORT: 'a whole number from 1 to 65535',
  HEALTH_PORT: 'a whole number from 1 to 65535',
  SLOW_OPERATION_MS: 'a whole number from 0 to 600000',
};

export interface OperationSettings {
  /** The maximum number of connections on each address. */
  readonly connectionsMax: number;
  /** The maximum number of operations in progress. */
  readonly inFlightMax: number;
  /** How long requests may wait for the event loop before new ones are refused. 0: none is refused for that. */
  readonly overloadWaitMs: number;
  /** Null: no metrics. */
  readonly metricsPort: number | null;
  /** Null: liveness is answered on the main port alone. */
  readonly healthPort: number | null;
  /** From which duration operations are logged as slow. 0: none. */
  readonly slowOperationMs: number;
}

export function operationSettingsOf(set: z.infer<z.ZodObject<typeof operationSettings>>): OperationSettings {
  return {
    connectionsMax: set.CONNECTIONS_MAX,
    inFlightMax: set.IN_FLIGHT_MAX,
    overloadWaitMs: set.OVERLOAD_WAIT_MS,
    metricsPort: set.METRICS_PORT ?? null,
    healthPort: set.HEALTH_PORT ?? null,
    slowOperationMs: set.SLOW_OPERATION_MS,
  };
}
