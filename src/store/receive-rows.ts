import type { Receiver } from './postgres/receive-rows.ts';

/** See postgres/receive-rows.ts, which is loaded when it is needed: most commands never open PostgreSQL. */
export async function receiveRows<T>(url: string, work: (receiver: Receiver) => Promise<T>): Promise<T> {
  const postgres = await import('./postgres/receive-rows.ts');
  return postgres.receiveRows(url, work);
}
