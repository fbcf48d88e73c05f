// What Prisma's errors hold of the driver's.

interface DriverFault {
  /** Prisma's name for it. */
  readonly kind?: unknown;
  readonly originalCode?: unknown;
  readonly originalMessage?: unknown;
}

/** The driver's error inside Prisma's, for models and raw statements alike. Empty for any other error. */
export function driverFaultIn(error: unknown): DriverFault {
  const { meta } = (error ?? {}) as { meta?: { driverAdapterError?: { cause?: DriverFault } } };
  return meta?.driverAdapterError?.cause ?? {};
}

/** One line that states the problem: the driver's message, or the last line of Prisma's, which have many. */
export function problemLine(error: unknown): string {
  const { originalMessage } = driverFaultIn(error);
  const message = error instanceof Error ? error.message : String(error);
  const line = (typeof originalMessage === 'string' ? originalMessage : message).trim().split('\n').at(-1);
  return line || 'the reason is unknown.';
}
