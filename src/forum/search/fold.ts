// One form for words that people take for the same: case, accents, ligatures and width do not matter.

/** Letters that Unicode does not decompose. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const UNDECOMPOSED = /[ßæœøđðþłħıς]/g;
const ASCII = /^[\0-\x7f]*$/;
/** Marks matter in other scripts: without theirs, Japanese ガ would become カ, and Hangul would fall into its letters. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

/** Kana, ideographs and Hangul syllables of usual width are in their form already. */
const FOLDED = /^[\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff\uac00-\ud7a3]+$/;

/** Words repeat, and folding one takes microseconds. */
const folded = new Map<string, string>();
const FOLDED_MAX = 20_000;
const CACHED_UNITS_MAX = 32;

/** The form in which a word is indexed and looked up. */
export function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  if (FOLDED.test(word)) return word;
  if (word.length > CACHED_UNITS_MAX) return foldOnce(word);
  let form = folded.get(word);
  if (form === undefined) {
    form = foldOnce(word);
    if (folded.size >= FOLDED_MAX) folded.clear();
    folded.set(word, form);
  }
  return form;
}

/** Signs that stand around a letter or a number in one character, such as those of ⑴ and ㈀, and part words elsewhere. */
const SIGNS = /[\s'"\\:*()&|!<>{}^~,.-]/g;
const ENCLOSED = /[\u2000-\u33ff\uf900-\uffef\u{1f100}-\u{1f2ff}]/gu;

function withoutSigns(char: string): string {
  const plain = char.normalize('NFKC');
  return plain.replaceAll(SIGNS, '') || plain;
}

function foldOnce(word: string): string {
  return word
    .replaceAll(ENCLOSED, withoutSigns)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(UNDECOMPOSED, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(ACCENTS, '')
    .normalize('NFC');
}
