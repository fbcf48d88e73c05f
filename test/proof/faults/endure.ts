import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type FaultName, record } from './reliability.ts';
import { type Forum, judge, startTraffic } from './traffic.ts';

/** A fault, and what an operator sees of it. */
export interface Fault {
  readonly name: FaultName;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  /** What /health/ready says while it lasts. Null: it stays ready. */
  readonly reason: string | null;
  /** How long it lasts, beside the probes. */
  readonly ms?: number;
  /** Whether the server recovers while the fault lasts: the seconds are counted from its beginning. */
  readonly isOvercome?: boolean;
  /** Makes each comment longer. */
  readonly filler?: string;
}

export interface Endured {
  readonly url: string;
  readonly databaseUrl: string;
  readonly forum: Forum;
}

const ROUNDS = 2;
/** How long the clients write before a fault and after it. */
const CALM_MS = 500;

/** The status and the reason of /health/ready. */
export async function readiness(url: string): Promise<{ status: number; reason: string | null }> {
  const response = await fetch(`${url}/health/ready`);
  const { reason = null } = (await response.json()) as { reason?: string };
  return { status: response.status, reason };
}

/**
 * Causes a fault under writing clients, twice, and asserts: nothing acknowledged is lost, nothing refused is stored,
 * every answer is the comment or 503, readiness names the reason. When the fault ends, the server serves again without a restart.
 */
export async function endure({ url, databaseUrl, forum }: Endured, fault: Fault): Promise<void> {
  const total = { rounds: ROUNDS, acknowledged: 0, lost: 0, failed: 0, seconds: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const traffic = startTraffic(url, forum, fault.filler);
    await traffic.recovery();
    await sleep(CALM_MS);
    await fault.begin();
    let recovery = fault.isOvercome ? traffic.recovery() : null;
    await sleep(fault.ms ?? 1_000);
    if (fault.reason !== null) {
      await expect
        .poll(() => readiness(url), { timeout: 10_000 })
        .toEqual({ status: 503, reason: fault.reason });
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    }
    if (!recovery) {
      await fault.end();
      recovery = traffic.recovery();
    }
    const seconds = await recovery;
    await expect.poll(() => readiness(url), { timeout: 10_000 }).toEqual({ status: 200, reason: null });
    await sleep(CALM_MS);
    await traffic.stop();
    if (fault.isOvercome) await fault.end();
    const { acknowledged, failed, lost, wrong } = await judge(traffic.log, databaseUrl);
    expect(wrong).toEqual([]);
    expect(lost).toBe(0);
    expect(acknowledged).toBeGreaterThan(0);
    total.acknowledged += acknowledged;
    total.failed += failed;
    total.seconds = Math.max(total.seconds, seconds);
  }
  record(fault.name, total);
}
