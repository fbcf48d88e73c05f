// The transcript in docs/agents.md is what a client really gets. WRITE_TRANSCRIPT=on writes it anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { openForum } from '../support/forum.ts';
import { connectClient } from './clients.ts';

const FILE = join(packageRoot, 'docs/agents.md');
const PLACE = /(<!-- transcript -->\n)[\s\S]*?(<!-- \/transcript -->)/;
const LINES_MAX = 24;

test('docs/agents.md shows what the official client gets', async () => {
  const forum = await openForum('sqlite', 'seeded');
  const ada = await connectClient('2026-07-28', forum.url, await forum.as('ada').token());
  const parts: string[] = [];
  const ids = new Map<string, string>();
  const stable = (text: string) =>
    text.replace(/\b([DC])_[0-9a-z]{26}\b/g, (id, type) => {
      ids.set(id, ids.get(id) ?? `${type}_${ids.size + 1}`);
      return ids.get(id) as string;
    });
  const call = async (tool: string, args: Record<string, unknown>) => {
    const result = await ada.call(tool, args);
    const lines = result.text.trimEnd().split('\n');
    const shown = lines.length > LINES_MAX ? [...lines.slice(0, LINES_MAX), '…'] : lines;
    const request = `${tool} ${JSON.stringify(args, null, 1).replace(/\n\s*/g, ' ')}`;
    parts.push(
      `\`\`\`\`text\n> ${stable(request)}\n${result.isError ? '! ' : ''}${stable(shown.join('\n'))}\n\`\`\`\`\n`,
    );
    return result.data;
  };

  const title = 'Can I merge tickets and keep the photos?';
  await call('find_similar_questions', { title, first: 2 });
  const found = await call('search_discussions', { query: 'merge attachments is:answered', first: 1 });
  const { id } = found.results[0];
  await call('read_discussion', { id, maxTokens: 500 });
  const question = { title, body: 'With *both* customers.', categorySlug: 'help-desk' };
  await call('ask_question', { ...question, tagSlugs: ['none'], dryRun: true });
  await call('ask_question', { ...question, dryRun: true });
  const asked = await call('ask_question', { ...question, idempotencyKey: 'merge-photos' });
  const discussionId = asked.discussion.id;
  await call('ask_question', { ...question, idempotencyKey: 'merge-photos' });
  const added = await call('add_comment', { discussionId, body: 'Found it.', idempotencyKey: 'found' });
  await call('vote', { subjectId: discussionId, direction: 'UP', dryRun: true });
  await call('mark_answer', { commentId: added.comment.id });
  await ada.close();
  await forum.close();

  const text = readFileSync(FILE, 'utf8');
  const expected = text.replace(PLACE, (_all, start, end) => `${start}\n${parts.join('\n')}\n${end}`);
  if (process.env['WRITE_TRANSCRIPT'] === 'on') writeFileSync(FILE, expected);
  expect(readFileSync(FILE, 'utf8')).toBe(expected);
});
