import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/text/markdown.ts';
import { tableCellsIn } from '../../src/text/table-cells.ts';
import { bodyRule, checkedText } from '../../src/text/text-rules.ts';

const rows = (count: number, row = '|a|b|') => `|a|b|\n|-|:-:|\n${`${row}\n`.repeat(count)}`;

const texts: Record<string, string> = {
  'no table': 'a | b\n\n- c\n',
  'full rows': rows(20),
  'rows that are filled up': rows(20, '|'),
  'rows of one colon': rows(20, ':'),
  'line ends of Windows': rows(20).replaceAll('\n', '\r\n'),
  'line ends of old Macs': rows(20).replaceAll('\n', '\r'),
  'a table in a quotation': rows(20).replaceAll(/^/gm, '> '),
  'a table in nested quotations': rows(20).replaceAll(/^/gm, '>>'),
  'a table in a list': `- ${rows(20).replaceAll('\n', '\n  ')}`,
  'two tables': `${rows(3)}\ntext\n\n${rows(4)}`,
  'no pipes at the ends': `a|b\n-|-\n${'c|d\n'.repeat(9)}`,
  'a wide table': `${'|a'.repeat(90)}|\n${'|-'.repeat(90)}|\n${'|\n'.repeat(30)}`,
  'text after a table': `${rows(2)}\n${'a\n'.repeat(50)}`,
};

describe('the cells in a text’s tables', () => {
  test.each(Object.entries(texts))('are at least those that are rendered: %s', (_, text) => {
    const rendered = renderMarkdown(text).html.match(/<t[dh]>|<t[dh] /g)?.length ?? 0;
    const counted = tableCellsIn(text);
    expect(counted).toBeGreaterThanOrEqual(rendered);
    expect(counted - rendered).toBeLessThanOrEqual(4);
  });

  test('are at most 10,000, which a body with more says', () => {
    const rule = bodyRule('A text', 60_000);
    expect(checkedText(rows(4_999), rule, 'input.body')).toBe(rows(4_999));
    expect(() => checkedText(rows(5_000, '|'), rule, 'input.body')).toThrow(
      'A text has at most 10000 cells in its tables.',
    );
  });
});
