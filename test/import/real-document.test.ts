import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importDocument } from '../../src/import/index.ts';
import { newId } from '../../src/store/ids.ts';
import { ago } from '../../src/text/relative-time.ts';
import { openTestDatabase } from '../support/database.ts';

/** A thread document that is not the project's to keep; its facts are asserted, not its words. */
const file = process.env['PARLEY_THREAD_DOCUMENT'];
const title =
  'the thread document at PARLEY_THREAD_DOCUMENT is stored whole, and prints its own phrases again';

test.runIf(file)(file ? title : `${title} (skipped: the variable is not set)`, async () => {
  const text = readFileSync(file ?? '', 'utf8');
  const asOf = new Date('2026-11-24T00:00:00Z');
  const opened = await openTestDatabase('sqlite');
  try {
    const deps = { db: opened.db, newId };
    const result = await importDocument(deps, text, { fileName: 'thread-document.txt', asOf });
    expect(result).toMatchObject({ status: 'created', warnings: [] });
    const stored = await opened.db.write((tx) =>
      tx.discussion.findFirstOrThrow({
        include: { comments: { orderBy: { importKey: 'asc' } }, relatedLinks: true },
      }),
    );
    const phrases = [...text.matchAll(/Posted at: (.+)/g)]
      .map(([, phrase]) => `${phrase?.replace(/ ago\s*$/, '').trim()} ago`)
      .sort();
    const times = [stored, ...stored.comments, ...stored.relatedLinks].map(
      ({ createdAt }) => createdAt ?? asOf,
    );
    expect(times.map((at) => ago(at, asOf)).sort()).toEqual(phrases);
    const votes = [...text.matchAll(/Net upvotes: (-?\d+)/g)].map(([, net]) => Number(net));
    const given = [stored, ...stored.comments].map(({ netUpvotes }) => netUpvotes).filter((net) => net !== 0);
    expect(given.sort()).toEqual(votes.filter((net) => net !== 0).sort());
    expect(stored.commentCount).toBe(text.match(/^### Comment \d+$/gm)?.length ?? 0);
    const bodies = stored.comments.map(({ body }) => body).join('\n');
    expect(bodies).not.toMatch(/&(?:amp|#39|quot);/);
  } finally {
    await opened.close();
  }
});
