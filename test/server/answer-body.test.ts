import { expect, test } from 'vitest';
import { encodeBody } from '../../src/api/answer-body.ts';

test.each([
  ['plain ASCII', 'Is it "so"?\n'],
  ['Latin-1', 'Søren größt. '],
  ['one character that is wider', `${'a'.repeat(100)}“`],
  ['what takes two units', 'quite 😀 so '],
  ['controls and what JSON need not escape', '\u0000\u2028\ufeff\ud83d'],
])('a text of %s is the same bytes that Node writes, however long', (_, piece) => {
  for (const count of [1, 1000, 5000, 3, 400_000]) {
    const text = JSON.stringify({ text: piece.repeat(Math.ceil(count / piece.length)) });
    expect(Buffer.from(text).equals(Buffer.from(encodeBody(text) as Buffer))).toBe(true);
  }
});

test('a text that was encoded stays as it is when others are', () => {
  const [first, second] = ['“', '”'].map((quote) => encodeBody(quote.repeat(5000)) as Buffer);
  expect([first?.toString(), second?.toString()]).toEqual(['“'.repeat(5000), '”'.repeat(5000)]);
});
