// The settings for load that is too much, and for what an operator sees from outside.
import type * as z from 'zod';
import { optionalPort, wholeNumber } from './setting-forms.ts';

export const operationSettings = {
  CONNECTIONS_MAX: wholeNumber(4000, 1, 1_000_000),
  IN_FLIGHT_MAX: wholeNumber(128, 1, 100_000),
  OVERLOAD_WAIT_MS: wholeNumber(50, 0, 60_000),
  METRICS_PORT: optionalPort(),
  HEALTH_PORT: optionalPort(),
  SLOW_OPERATION_MS: wholeNumber(1000, 0, 600_000),
};

export function operationSettingsOf(set: z.infer<z.ZodObject<typeof operationSettings>>) {
  return {
    /** The maximum number of connections on each address. */
    connectionsMax: set.CONNECTIONS_MAX,
    /** The maximum number of operations in progress. */
    inFlightMax: set.IN_FLIGHT_MAX,
    /** How long requests may wait for the event loop before new ones are refused. 0: none is refused for that. */
    overloadWaitMs: set.OVERLOAD_WAIT_MS,
    /** Null: no metrics. */
    metricsPort: set.METRICS_PORT ?? null,
    /** Null: liveness is answered on the main port alone. */
    healthPort: set.HEALTH_PORT ?? null,
    /** From which duration operations are logged as slow. 0: none. */
    slowOperationMs: set.SLOW_OPERATION_MS,
  };
}
