import { describe, expect, test, vi } from 'vitest';
import { Refusal } from '../../src/access/errors.ts';
import {
  bodyRule,
  checkedName,
  checkedText,
  lineRule,
  trimmedRule,
  unfinished,
} from '../../src/text/text-rules.ts';

const TITLE = lineRule('A title', 20);
const BODY = bodyRule('A text', 1_000);

/** Why it is refused; null: it is not. */
function faultOf(check: () => string): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'BAD_USER_INPUT' && error.field === 'input.text')
      return error.message;
    throw error;
  }
}

const title = (text: string) => faultOf(() => checkedText(text, TITLE, 'input.text'));
const body = (text: string) => faultOf(() => checkedText(text, BODY, 'input.text'));
const name = (text: string) => faultOf(() => checkedName(text, TITLE, 'input.text'));

describe('checkedText', () => {
  test('keeps every character, but for Unicode’s normal form', () => {
    expect(checkedText('  Cafe\u0301 \t<b>&amp;</b>  ', BODY, 'input.text')).toBe('  Café \t<b>&amp;</b>  ');
    expect(checkedText('שלום 👩‍👩‍👧 مرحبا', BODY, 'input.text')).toBe('שלום 👩‍👩‍👧 مرحبا');
  });

  test('counts characters as people do, after normalisation: an emoji is one, an é of two is one', () => {
    expect(title('😀'.repeat(20))).toBe(null);
    expect(title('e\u0301'.repeat(20))).toBe(null);
    expect(title('😀'.repeat(21))).toBe('A title has at most 20 characters, not 21.');
  });

  test('takes a composed text that has four units for each character, and refuses more by their number alone', () => {
    const alphas = '\u03b1\u0314\u0342\u0345';
    expect(checkedText(alphas.repeat(20), TITLE, 'input.text')).toBe('\u1f87'.repeat(20));
    const normalize = vi.spyOn(String.prototype, 'normalize');
    expect(title(alphas.repeat(21))).toBe('A title has at most 20 characters, not 84.');
    expect(normalize).not.toHaveBeenCalled();
    normalize.mockRestore();
  });

  test.each(['', '   ', ' \u00a0', ' What i '])('keeps %j of a text that is unfinished', (text) => {
    expect(checkedText(text, unfinished(trimmedRule('A title', 20)), 'input.text')).toBe(text);
  });

  test('has the same limits for a text that is unfinished', () => {
    const fault = (text: string) => faultOf(() => checkedText(text, unfinished(TITLE), 'input.text'));
    expect(fault(' '.repeat(21))).toBe('A title has at most 20 characters, not 21.');
    expect(fault(' \n')).toBe('A title must be a single line.');
    expect(fault(' \0')).toBe('A title cannot contain U+0000 or an unpaired surrogate.');
  });

  test.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['line ends', '\n\r\n'],
    ['blanks that are no spaces', '\u00a0\u2003\u3000'],
    ['signs that show nothing', '\u200b\u200d\ufeff\u00ad'],
    ['marks on no letter', '\u0301\u0302'],
  ])('takes %s for blank', (_, text) => {
    expect(body(text)).toBe('A text cannot be empty or blank.');
  });

  test.each([
    ['U+0000', 'a\0b'],
    ['the first half of a pair', 'a\ud83d'],
    ['the second half of a pair', '\ude00a'],
  ])('refuses %s', (_, text) => {
    expect(body(text)).toBe('A text cannot contain U+0000 or an unpaired surrogate.');
  });

  test.each(['\u202d', '\u202e'])('refuses an override of the writing direction', (sign) => {
    expect(body(`a${sign}b`)).toBe(
      'A text cannot contain U+202D or U+202E, which change the order in which text is shown.',
    );
  });

  test.each(['\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f'])('keeps a title on one line', (end) => {
    expect(title(`a${end}b`)).toBe('A title must be a single line.');
    expect(body(`a${end}b`)).toBe(null);
  });

  test('refuses a pile of marks at once, and takes what is piled up for fun', () => {
    expect(body(`a${'\u0323\u0301'.repeat(50)}`)).toBe(null);
    const began = performance.now();
    expect(body(`a${'\u0301'.repeat(100_000)}${'\u0323'.repeat(100_000)}`)).not.toBe(null);
    expect(body(`a${'\u0323\u0301'.repeat(101)}`)).toBe(
      'A text cannot contain more than 200 combining marks on one letter.',
    );
    // normalising it takes more than ten seconds
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

describe('checkedName', () => {
  test('trims, and refuses whatever turns the text around it', () => {
    expect(checkedName('  Ada ', TITLE, 'input.text')).toBe('Ada');
    for (const sign of ['\u200f', '\u061c', '\u202b', '\u2067'])
      expect(name(`Ada${sign}`)).toBe('A title cannot contain characters that change the direction of text.');
  });
});
