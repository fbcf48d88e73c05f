import { describe, expect, test } from 'vitest';
import { Heard, type Message } from '../../src/app/reuse/heard.ts';

const message = (parts: Partial<Message>): Message => ({
  ...{ from: 'a', kind: 'ALIVE', count: 10, at: 5000 },
  ...parts,
});
const touched = (count: number, parts: Partial<Message> = {}) =>
  message({ kind: 'TOUCHED', touched: 'ALL', count, ...parts });

/** One that has heard of instance "a" at 0 ms of its own clock, which was 5000 ms of Redis'. */
function heardOnce(): Heard {
  const heard = new Heard();
  heard.note(message({}), 0);
  return heard;
}

describe('what an instance has heard of the others', () => {
  test('may lack something at first, and where a number is missing', () => {
    const heard = new Heard();
    expect(heard.note(message({}), 0)).toBe(true);
    expect(heard.note(message({}), 1)).toBe(false);
    expect(heard.note(touched(11), 2)).toBe(false);
    expect(heard.note(touched(13), 3)).toBe(true);
    expect(heard.note(message({ count: 13 }), 4)).toBe(false);
    expect(heard.note(message({ count: 14 }), 5)).toBe(true);
  });

  test('is everything as far as Redis had counted, and no further', () => {
    const heard = heardOnce();
    expect(heard.hasAll(10, 5001)).toBe(true);
    expect(heard.hasAll(11, 5001)).toBe(false);
    heard.note(touched(11), 1);
    expect(heard.hasAll(11, 5001)).toBe(true);
    heard.lose();
    expect(heard.hasAll(11, 5001)).toBe(false);
  });

  test('is not everything once somebody is silent, by whichever clock', () => {
    const heard = heardOnce();
    heard.note(message({ from: 'b', at: 5800 }), 800);
    expect(heard.hasEverybody(899)).toBe(true);
    expect(heard.hasEverybody(900)).toBe(false);
    expect(heard.hasAll(10, 5899)).toBe(true);
    expect(heard.hasAll(10, 5900)).toBe(false);
    heard.note(message({ at: 5901 }), 901);
    expect(heard.hasEverybody(902)).toBe(true);
    expect(heard.hasAll(10, 5902)).toBe(true);
  });

  test('says nothing of a sender whose words were held up', () => {
    const heard = heardOnce();
    heard.note(touched(11, { at: null }), 899);
    expect(heard.hasEverybody(900)).toBe(false);
    expect(heard.hasAll(11, 5900)).toBe(false);
    const unknown = heardOnce();
    unknown.note(touched(11, { from: 'b', at: null }), 1);
    expect(unknown.hasEverybody(2)).toBe(false);
    expect(unknown.hasAll(11, 5002)).toBe(false);
  });

  test('needs nothing of who has left, and of who only came by', () => {
    const heard = heardOnce();
    heard.note(message({ from: 'b', at: 5000 }), 0);
    heard.note(message({ from: 'b', kind: 'LEAVING' }), 1);
    heard.note(touched(11, { from: null }), 1);
    heard.note(message({ count: 11, at: 5800 }), 800);
    expect(heard.hasEverybody(1000)).toBe(true);
    expect(heard.hasAll(11, 6000)).toBe(true);
  });

  test('lacks the last words of who has gone without a word', () => {
    const heard = heardOnce();
    expect(heard.forgetGone(600_000)).toBe(false);
    expect(heard.forgetGone(600_001)).toBe(true);
    expect(heard.forgetGone(600_002)).toBe(false);
    expect(heard.hasEverybody(600_002)).toBe(true);
  });

  test('is not everything after the connection was lost, until everybody has spoken again', () => {
    const heard = heardOnce();
    heard.note(message({ from: 'b' }), 0);
    heard.lose();
    heard.note(message({ at: 100 }), 10); // of a Redis with another clock
    expect(heard.hasAll(10, 110)).toBe(false);
    heard.note(message({ from: 'b', at: 105 }), 15);
    expect(heard.hasAll(10, 110)).toBe(true);
  });
});
