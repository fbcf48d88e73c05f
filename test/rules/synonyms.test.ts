import { describe, expect, test } from 'vitest';
import { synonymsOf } from '../../src/forum/search/synonyms.ts';
import { GERMAN } from '../../src/forum/search/synonyms-de.ts';
import { ENGLISH } from '../../src/forum/search/synonyms-en.ts';
import { CHINESE } from '../../src/forum/search/synonyms-zh.ts';

const groupsOf = (text: string) => [...synonymsOf(text).keys()];

describe('the groups of synonyms', () => {
  test.each([
    ['How do I get rid of it?', ['en=delete']],
    ['Removing it', ['en=delete']],
    ['I can’t', ['en=cannot']],
    ['my E-MAIL', ['en=email', 'de=e-mail']],
    ['Geräte-Rechnungen', ['de=rechnung']],
    ['Zeit und Gehaltsabrechnung', ['de=rechnung']],
    ['怎样把它去掉', ['zh=删除']],
    ['删除app', ['zh=删除', 'en=app', 'de=anwendung', 'zh=手机', 'zh=应用']],
    ['?! "(', []],
    ['', []],
  ])('of “%s” are %j', (text, groups) => {
    expect(groupsOf(text).sort()).toEqual(groups.toSorted());
  });

  test('are of whole words, or of their beginning or end if the list says so', () => {
    expect(groupsOf('happening bandage')).toEqual([]);
    expect(groupsOf('a ban')).toEqual(['en=block']);
  });

  test('name the words, so that the same word is told from another one', () => {
    expect(synonymsOf('delete or remove').get('en=delete')).toEqual([' delet', ' remov']);
    expect(synonymsOf('deletes').get('en=delete')).toEqual([' delet']);
  });

  test.each([
    ['English', ENGLISH],
    ['German', GERMAN],
    ['Chinese', CHINESE],
  ])('in %s have a name of their own and several words, each once', (_language, list) => {
    const groups = list
      .trim()
      .split('\n')
      .map((line) => line.split(': ') as [name: string, words: string]);
    expect(groups.length).toBeGreaterThan(90);
    expect(new Set(groups.map(([name]) => name)).size).toBe(groups.length);
    for (const [name, words = ''] of groups) {
      const all = words.split(', ');
      expect([name, all.length > 1, new Set(all).size]).toEqual([name, true, all.length]);
      for (const word of all) expect(word).toMatch(/^\*?[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*\*?$/u);
    }
  });
});
