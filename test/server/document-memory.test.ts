import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { DOCUMENTS_BYTES_MAX, DocumentCache } from '../../src/api/document-cache.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { createExecutor } from '../../src/graphql/execution/index.ts';

const wide = (n: number, switches = 0) => {
  const names = Array.from({ length: switches }, (_, i) => `$s${i}: Boolean!`).join(', ');
  const fields = Array.from({ length: 150 }, (_, i) => `a${i}: __typename`).join(' ');
  const switched = Array.from({ length: switches }, (_, i) => `s${i}: __typename @include(if: $s${i})`);
  return `query Q${n}${switches > 0 ? `(${names})` : ''} { ${fields} ${switched.join(' ')} }`;
};

const add = async (cache: DocumentCache, source: string) => {
  const document = parse(source);
  await cache.set(source, document);
  cache.accept(document);
  return document;
};

describe('cached documents', () => {
  test('are bounded by their memory, the oldest going first', async () => {
    const cache = new DocumentCache();
    for (let n = 0; n < 500; n++) {
      await add(cache, wide(n));
      expect(cache.bytes).toBeLessThanOrEqual(DOCUMENTS_BYTES_MAX);
    }
    expect(cache.bytes).toBeGreaterThan(DOCUMENTS_BYTES_MAX / 2);
    expect(cache.find(wide(499))?.kind).toBe('Document');
    expect(cache.find(wide(0))).toBeUndefined();
    expect((await cache.get(wide(499)))?.kind).toBe('Document');
    expect(await cache.get(wide(0))).toBeUndefined();
  });

  test('are found by their text only after an operation of them was accepted', async () => {
    const cache = new DocumentCache();
    const document = parse(wide(0));
    await cache.set('hash', document);
    expect(cache.find(wide(0))).toBeUndefined();
    expect(await cache.get('hash')).toBe(document);
    cache.accept(document);
    expect(cache.find(wide(0))).toBe(document);
  });

  test('grow with the plans of their combinations of @include, and are dropped when they need too much', async () => {
    const cache = new DocumentCache();
    const executor = createExecutor(buildSchema(), { onPlanned: (...grown) => cache.grow(...grown) });
    const source = wide(0, 6);
    const document = await add(cache, source);
    let last = cache.bytes;
    let sent = 0;
    for (; sent < 64 && cache.find(source); sent++) {
      const variables = Object.fromEntries([0, 1, 2, 3, 4, 5].map((i) => [`s${i}`, ((sent >> i) & 1) === 1]));
      await executor.execute({ document, variables, context: {} });
      if (sent < 20) expect(cache.bytes).toBeGreaterThan(last);
      last = cache.bytes;
    }
    expect(sent).toBeGreaterThan(20);
    expect(sent).toBeLessThan(64);
    expect(cache.bytes).toBe(0);
  });

  test('are found again by an operation that is sent again, which plans nothing new', async () => {
    const cache = new DocumentCache();
    const executor = createExecutor(buildSchema(), { onPlanned: (...grown) => cache.grow(...grown) });
    const document = await add(cache, wide(0));
    await executor.execute({ document, context: {} });
    const { bytes } = cache;
    await executor.execute({ document, context: {} });
    expect(cache.bytes).toBe(bytes);
  });
});
