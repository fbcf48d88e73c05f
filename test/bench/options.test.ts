import { describe, expect, test } from 'vitest';
import { readOptions } from '../../bench/options.ts';
import { median } from '../../bench/rounds.ts';

describe('the options of the benchmark', () => {
  test('are the size and the settings that its documentation names where none are given', () => {
    expect(readOptions([])).toEqual({
      size: 'full',
      rounds: 3,
      seconds: 3,
      only: ['threadPage', 'listPage', 'addComment', 'setVote'],
      part: 'workload',
      peers: true,
      minutes: 1,
      write: false,
      help: false,
    });
  });

  test('are a smaller size for the part that moves the forum first', () => {
    expect(readOptions(['postgres'])).toMatchObject({ part: 'postgres', size: 'small' });
    expect(readOptions(['postgres', '--size', 'full'])).toMatchObject({ size: 'full' });
  });

  test.each([
    [['--size', 'huge'], '--size must be one of tiny, small, full, large, not "huge".'],
    [['cold'], 'The part must be one of workload, growth, memory, postgres, members, profile, not "cold".'],
    [['--minutes', 'x'], '--minutes must be a number of minutes, not "x".'],
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 99, not "0".'],
    [['--seconds', '0'], '--seconds must be a number of seconds, not "0".'],
    [
      ['--only', 'threadPage,search'],
      '--only must be one of threadPage, listPage, addComment, setVote, not "search".',
    ],
  ])('are refused in one sentence: %j', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});

describe('the median', () => {
  test('is the middle value, or lies between the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
  });
});
