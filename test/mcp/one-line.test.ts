import { expect, test } from 'vitest';
import { oneLine } from '../../src/mcp/one-line.ts';

test('no end of a line of Unicode is left, so that an excerpt cannot pass for the next result', () => {
  expect(oneLine('a\n \n\nb')).toBe('a b');
  expect(oneLine(' a \n b\r\nc\rd\u2028- e\u2029f\u0085g\vh\fi  j\n')).toBe('a b c d - e f g h i  j');
});
