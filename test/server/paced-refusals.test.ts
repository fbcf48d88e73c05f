import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { PacedRefusals } from '../../src/server/overload/paced-refusals.ts';

describe('refusals', () => {
  test('are sent at once up to a hundred; later ones wait, and those whose client has gone are dropped', () => {
    const refusals = new PacedRefusals();
    let sent = 0;
    const send = () => {
      sent++;
    };
    for (let n = 0; n < 150; n++) refusals.add({ send, laterMs: 0, isGone: n >= 120 });
    expect([sent, refusals.waiting]).toEqual([100, 50]);
    refusals.flush();
    expect([sent, refusals.waiting]).toEqual([120, 0]);
  });

  test('wait longer if earlier ones took longer than expected', async () => {
    const [slow, fast] = [new PacedRefusals(), new PacedRefusals()];
    for (const refusals of [slow, fast])
      for (let n = 0; n < 101; n++) refusals.add({ send: () => {}, laterMs: 0, isGone: false });
    slow.overran(5000);
    while (fast.waiting > 0) await sleep(5);
    expect(slow.waiting).toBe(1);
    slow.flush();
  });
});
