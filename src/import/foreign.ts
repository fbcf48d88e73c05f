import type { Source } from './source.ts';

/** The headings of which every thread document with metadata or comments has one. */
const OWN_HEADING = /^#{5} (?:Post|Comment) Metadata|^### Comment \d/im;

/** What other programs write, by a line that they always have. */
const FOREIGN: readonly { readonly what: string; readonly sign: RegExp }[] = [
  {
    what: 'a topic in the Markdown of Discourse',
    sign: /^\S+ \| \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \| #\d+\s*$/m,
  },
  {
    what: 'an export of a discussion on GitHub',
    sign: /^(?:(?:author|association|edited|discussion number|asset):\t|[># \t]{0,9}(?:#+ |[*_]{1,3}|@|\[){1,4}[a-z\d-]{1,39}\]?(?:\([^)\s]*\))?[*_]* (?:commented|replied|answered|asked|started this (?:conversation|discussion))\b)/im,
  },
  {
    what: 'an export of a thread on Reddit',
    sign: /^(?=.*(?:^|[\s*[(/])u\/[\w-]{2,20})(?=.*(?:\d ?(?:points?|upvotes?|votes?|karma|pts)\b|\br\/\w|submitted by|posted by|score))/im,
  },
  { what: 'JSON', sign: /^\s*[[{]\s*["{[\]}]/ },
  { what: 'a page in HTML', sign: /^\s*(?:<!doctype html|<html)\b/i },
];

/** Throws ThreadDocumentError if the text was exported by another program. */
export function refuseForeign(source: Source): void {
  if (OWN_HEADING.test(source.text)) return;
  for (const { what, sign } of FOREIGN) {
    const match = sign.exec(source.text);
    if (!match) continue;
    const line = source.text.slice(0, match.index).split('\n').length - 1;
    throw source.error(line, `this looks like ${what}, not like a thread document: convert it first.`);
  }
}
