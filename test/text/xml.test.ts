import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { element, Xml, xmlDocument, xmlText } from '../../src/text/xml.ts';
import { parseXml } from '../feeds/xml-tree.ts';

/** What a text becomes: XML has no way to write most control characters. */
const writable = (text: string) =>
  [...text]
    .filter((char) => {
      const code = char.codePointAt(0) ?? 0;
      if (code < 0x20) return [9, 10, 13].includes(code);
      return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
    })
    .join('');

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ']]>',
        '<!--',
        '&amp;',
        '\0',
        '\u000b',
        '\ud800',
        '\uffff',
        '"',
        "'",
        '\r\n',
        '\t',
        '😀',
        '<![CDATA[',
      ),
    )
    .map((parts) => parts.join('')),
);

test('whatever a text contains, a strict parser reads the same text from an element and an attribute', () => {
  fc.assert(
    fc.property(anyText, anyText, (inside, outside) => {
      const root = parseXml(xmlDocument(element('a', { b: outside }, inside)));
      expect(root.text).toBe(writable(inside));
      expect(root.attributes['b']).toBe(writable(outside));
    }),
  );
});

test('elements are nested, and nothing is escaped twice', () => {
  const inner = element('b', { c: null }, 'x & y', null, [xmlText('<'), new Xml('<d/>')]);
  expect(element('a', { e: '1' }, inner).text).toBe('<a e="1"><b>x &amp; y&lt;<d/></b></a>');
  expect(element('a', {}).text).toBe('<a/>');
});

test.each(['', 'a b', '1a', 'a:b:c', '<a', 'a>'])('"%s" is refused as a name', (name) => {
  expect(() => element(name, {})).toThrow('is no name of XML');
});
