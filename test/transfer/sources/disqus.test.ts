import { expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { openForum } from '../../support/forum.ts';
import { changesOf } from '../transfers.ts';
import { converted, importedDump } from './dumps.ts';

const AT = '2015-05-01T08:00:00Z';
const thread = (id: number, link: string, more = '') =>
  `<thread dsq:id="${id}"><id/><link>${link}</link><title>Page ${id}</title><createdAt>${AT}</createdAt>
  <author><name>Ada</name><isAnonymous>false</isAnonymous><username>ada</username></author>${more}</thread>`;
const post = (id: number, of: number, parent: number | null, message: string, more = '') =>
  `<post dsq:id="${id}"><id/><message><![CDATA[${message}]]></message><createdAt>${AT}</createdAt>
  <thread dsq:id="${of}"/>${parent === null ? '' : `<parent dsq:id="${parent}"/>`}${more}</post>`;
const anonymous = '<author><name>Guest</name><isAnonymous>true</isAnonymous></author>';
const url = 'https://old.example/a';
const xml = `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><title>General</title></category>
${thread(10, url, '<isClosed>true</isClosed>')}
${thread(11, url)}
${thread(12, 'https://old.example/b')}
${thread(13, 'https://old.example/c', '<isDeleted>true</isDeleted>')}
${post(1, 10, null, '<p>First <b>one</b></p>', anonymous)}
${post(2, 10, 1, '<p>Secret</p>', `<isDeleted>true</isDeleted>${anonymous}`)}
${post(3, 11, 2, '<p>Below</p>')}
${post(4, 10, null, '<p>Buy</p>', '<isSpam>true</isSpam>')}
${post(5, 13, null, '<p>Lost</p>')}
</disqus>`;

test('an export of Disqus becomes discussions; deleted posts and spam are omitted, and nothing of them is shown', async () => {
  const { records, omitted } = await converted('disqus', { 'disqus.xml': xml });
  expect(records['discussion']).toMatchObject([
    {
      key: 'disqus:thread:10',
      title: 'Page 10',
      body: `<${url}>`,
      author: 'disqus:user:ada',
      oldUrls: [url],
      lock: {},
    },
  ]);
  expect(
    records['comment']?.map(({ key, replyTo, body, author, deletedAt }) => [
      key,
      replyTo,
      body,
      author,
      deletedAt !== undefined,
    ]),
  ).toEqual([
    ['disqus:post:1', null, 'First **one**', 'disqus:post:1:author', false],
    ['disqus:post:2', 'disqus:post:1', '', null, true],
    ['disqus:post:3', 'disqus:post:2', 'Below', null, false],
  ]);
  expect(records['author']?.map(({ name }) => name)).toEqual(['Ada', 'Guest']);
  expect(omitted.sort()).toEqual([
    'comments on deleted threads',
    'deleted comments',
    'deleted threads',
    'further threads of one address: their comments are in the first one',
    'spam',
    'threads without comments',
  ]);
});

test('a broken export fails by its line', async () => {
  await expect(converted('disqus', { 'disqus.xml': xml.slice(0, -200) })).rejects.toThrow(
    /disqus\.xml:\d+: /,
  );
  await expect(converted('disqus', { 'disqus.xml': '<html/>' })).rejects.toThrow('not with <disqus>');
});

test.each(engines)('it is imported on %s once', async (engine) => {
  const forum = await openForum(engine, 'empty');
  try {
    await importedDump(forum.db, 'disqus', { 'disqus.xml': xml });
    const { data } = await forum.ask(`{ discussion(url: "${url}") { isLocked
      allComments(first: 9, orderBy: OLDEST) { nodes { ... on Comment { body } } } } }`);
    expect(JSON.stringify(data)).not.toContain('Secret');
    expect(data.discussion.isLocked).toBe(true);
    expect(changesOf(await importedDump(forum.db, 'disqus', { 'disqus.xml': xml }))).toBe(0);
  } finally {
    await forum.close();
  }
});
