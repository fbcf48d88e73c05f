import { describe, expect, test } from 'vitest';
import { Heard, type Message } from '../../src/cache/heard.ts';

const alive = (from = 'a', count = 10) => ({ from, kind: 'ALIVE', count }) as const;
const touched = (count: number, from = 'a') => ({ from, kind: 'TOUCHED', count }) satisfies Partial<Message>;

/** One that has heard of instance "a" at 0 ms, and knows of nobody else. */
function heardOnce(): Heard {
  const heard = new Heard();
  heard.note(alive(), 0);
  heard.know(['a']);
  return heard;
}

describe('what an instance has heard of the others', () => {
  test('may lack something at first, and where a number is missing', () => {
    const heard = new Heard();
    expect(heard.note(alive(), 0)).toBe(true);
    expect(heard.note(alive(), 1)).toBe(false);
    expect(heard.note(touched(11), 2)).toBe(false);
    expect(heard.note(touched(13), 3)).toBe(true);
    expect(heard.note(alive('a', 13), 4)).toBe(false);
    expect(heard.note(alive('a', 14), 5)).toBe(true);
  });

  test('is everything as far as Redis had counted, and no further', () => {
    const heard = heardOnce();
    expect(heard.hasAll(10)).toBe(true);
    expect(heard.hasAll(11)).toBe(false);
    heard.note(touched(11), 1);
    expect(heard.hasAll(11)).toBe(true);
    heard.lose();
    expect(heard.hasAll(11)).toBe(false);
  });

  test('is not of everybody once somebody is silent, or was never heard', () => {
    const heard = heardOnce();
    heard.note(alive('b'), 800);
    expect(heard.hasEverybody(899)).toBe(true);
    expect(heard.hasEverybody(900)).toBe(false);
    heard.note(alive(), 901);
    expect(heard.hasEverybody(902)).toBe(true);
    heard.know(['a', 'b', 'c']);
    expect(heard.hasEverybody(902)).toBe(false);
    heard.know(['a', 'b']); // it has left
    expect(heard.hasEverybody(902)).toBe(true);
  });

  test('says nothing of a sender whose words were held up', () => {
    const heard = heardOnce();
    heard.note(touched(11), null);
    expect(heard.hasEverybody(900)).toBe(false);
    heard.note(alive('a', 11), 300); // said then, and heard much later
    expect(heard.hasEverybody(1199)).toBe(true);
    expect(heard.hasEverybody(1200)).toBe(false);
  });

  test('needs nothing of who has left', () => {
    const heard = heardOnce();
    heard.note(alive('b'), 0);
    heard.note({ from: 'b', kind: 'LEAVING', count: 10 }, null);
    heard.note(alive(), 800);
    expect(heard.hasEverybody(1000)).toBe(true);
  });

  test('lacks the last words of who has gone without a word', () => {
    const heard = heardOnce();
    heard.know([]);
    expect(heard.forgetGone(600_000)).toBe(false);
    expect(heard.forgetGone(600_001)).toBe(true);
    expect(heard.forgetGone(600_002)).toBe(false);
    expect(heard.hasEverybody(600_002)).toBe(true);
  });

  test('is nothing after the connection was lost, until Redis has said whom it knows, and they have spoken', () => {
    const heard = heardOnce();
    heard.lose();
    expect(heard.note(alive(), 10)).toBe(true);
    expect(heard.hasEverybody(11)).toBe(false);
    heard.know(['a', 'b']);
    expect(heard.hasEverybody(11)).toBe(false);
    heard.note(alive('b'), 12);
    expect(heard.hasEverybody(13)).toBe(true);
  });
});
