// Words that are used for each other, such as "delete" and "remove", as one part of a title. Two words of one group are
// similar, however they are written.
import { fold } from './fold.ts';
import { GERMAN } from './synonyms-de.ts';
import { ENGLISH } from './synonyms-en.ts';
import { CHINESE } from './synonyms-zh.ts';

/**
 * A line of a list is a group: its name, a colon, and its words. A star stands for every ending of a word, or for every
 * beginning if it is in front. Words in a row stand with blanks. A change of a list needs a new TERMS_VERSION in
 * index-state.ts: titles are indexed by the names of their groups.
 */
const LISTS = { en: ENGLISH, de: GERMAN, zh: CHINESE };

/** A node of the trie of all groups' words: each level is a character further. */
interface TrieNode {
  readonly next: Map<string, TrieNode>;
  /** The groups of the word that ends here. */
  readonly groups: string[];
}

const HAN = /\p{Script=Han}+/gu;

/** A text as words between blanks, without marks. Ideographs are not joined to letters. */
function spaced(text: string): string {
  return ` ${fold(text)} `.replaceAll(HAN, ' $& ').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
}

function readLists(): TrieNode {
  const root: TrieNode = { next: new Map(), groups: [] };
  for (const [language, list] of Object.entries(LISTS))
    for (const line of list.trim().split('\n')) {
      const [name, words = ''] = line.split(': ');
      for (const word of words.split(', ')) add(root, word, `${language}=${name}`);
    }
  return root;
}

function add(root: TrieNode, word: string, group: string): void {
  const characters = spaced(word);
  const isAnywhere = word.search(HAN) >= 0;
  const from = isAnywhere || word.startsWith('*') ? 1 : 0;
  const to = isAnywhere || word.endsWith('*') ? characters.length - 1 : characters.length;
  let at = root;
  for (const character of characters.slice(from, to)) {
    const next = at.next.get(character) ?? { next: new Map(), groups: [] };
    at.next.set(character, next);
    at = next;
  }
  at.groups.push(group);
}

let lists: TrieNode | undefined;

/** The groups of a text's words, each with its words. A group is a language, an equals sign, and its name. */
export function synonymsOf(text: string): ReadonlyMap<string, readonly string[]> {
  lists ??= readLists();
  const groups = new Map<string, string[]>();
  const characters = spaced(text);
  for (let start = 0; start < characters.length; start++) {
    let at: TrieNode | undefined = lists;
    for (let i = start; at; i++) {
      for (const group of at.groups) {
        const words = groups.get(group);
        if (words) words.push(characters.slice(start, i));
        else groups.set(group, [characters.slice(start, i)]);
      }
      at = at.next.get(characters.charAt(i));
    }
  }
  return groups;
}
