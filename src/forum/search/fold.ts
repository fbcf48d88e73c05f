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

/** The form in which a word is indexed and looked up. */
export function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(UNDECOMPOSED, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(ACCENTS, '')
    .normalize('NFC');
}
