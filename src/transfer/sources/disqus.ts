import { StartError } from '../../start-error.ts';
import { htmlToMarkdown } from '../../text/html-to-markdown.ts';
import type { Place, SourceItem, SourceKind } from '../record-source.ts';
import { RECORDS_VERSION } from '../records.ts';
import {
  copied,
  type OnBytes,
  ofRecords,
  omittedAt,
  RECORDS_WEIGHT,
  recordAt,
  removedAt,
  sizeOf,
  sourceOf,
  timeOf,
} from './reading.ts';
import { type XmlItem, xmlItems } from './xml-items.ts';

/** The XML that Disqus exports: a discussion for each page that has comments. */
export const disqus: SourceKind = {
  description: 'the XML file that Disqus exports',
  async open(file) {
    const size = await sizeOf(file);
    if (size === null) throw new StartError(`${file}: the file does not exist.`);
    return sourceOf(file, (1 + RECORDS_WEIGHT) * size, (onBytes) => readExport(file, onBytes));
  },
};

/** What must be known before the first record. */
interface Survey {
  /** The thread that stands for each: the first one of its address. Only threads with comments. */
  readonly threads: Map<string, string>;
  readonly deletedThreads: ReadonlySet<string>;
  /** Posts that others reply to. */
  readonly parents: Set<string>;
}

async function* readExport(file: string, onBytes: OnBytes): AsyncGenerator<SourceItem> {
  yield recordAt({ file }, { type: 'forum', version: RECORDS_VERSION });
  const survey = await surveyExport(file, onBytes);
  for await (const items of xmlItems(file, 'disqus', ofRecords(onBytes))) {
    for (const item of items) {
      const at = { file, line: item.line, element: `${item.name} ${idOf(item)}` };
      if (item.name === 'thread') yield* threadOf(at, item, survey);
      if (item.name === 'post') yield* postOf(at, item, survey);
    }
  }
}

async function surveyExport(file: string, onBytes: OnBytes): Promise<Survey> {
  const [byUrl, firsts, used] = [new Map<string, string>(), new Map<string, string>(), new Set<string>()];
  const [parents, deletedThreads] = [new Set<string>(), new Set<string>()];
  for await (const items of xmlItems(file, 'disqus', onBytes)) {
    for (const item of items) {
      if (item.name === 'thread') {
        const isDeleted = isTrue(item, 'isDeleted');
        const [id, url] = [copied(idOf(item)), copied(textIn(item, 'link') || `thread ${idOf(item)}`)];
        if (isDeleted) deletedThreads.add(id);
        else if (!byUrl.has(url)) byUrl.set(url, id);
        // the comments of a deleted thread are not those of another one at its address
        firsts.set(id, isDeleted ? '' : (byUrl.get(url) ?? ''));
      } else if (item.name === 'post' && removedAs(item) === null) {
        used.add(firsts.get(refOf(item, 'thread')) ?? '');
        parents.add(copied(refOf(item, 'parent')));
      }
    }
  }
  used.delete('');
  const threads = new Map([...firsts].filter(([, first]) => used.has(first)));
  return { threads, deletedThreads, parents };
}

function* threadOf(at: Place, item: XmlItem, { threads }: Survey): Generator<SourceItem> {
  const id = idOf(item);
  if (isTrue(item, 'isDeleted')) return yield removedAt(at, 'deleted threads');
  if (!threads.has(id)) return yield omittedAt(at, 'threads without comments');
  if (threads.get(id) !== id) {
    return yield omittedAt(at, 'further threads of one address: their comments are in the first one');
  }
  const createdAt = timeOf(textIn(item, 'createdAt'));
  if (createdAt === null) yield omittedAt(at, NO_TIME);
  const link = textIn(item, 'link');
  const title = textIn(item, 'title') || link || `Thread ${id}`;
  const author = yield* authorOf(at, item, threadKey(id));
  const time = createdAt ?? EARLIEST;
  yield recordAt(at, {
    ...{ type: 'discussion', key: threadKey(id), title, author, createdAt: time },
    ...(createdAt === null && { createdAtIsApproximate: true }),
    body: htmlToMarkdown(textIn(item, 'message')) || (link === '' ? title : `<${link}>`),
    oldUrls: link === '' ? [] : [link],
    ...(isTrue(item, 'isClosed') && { lock: { at: time } }),
  });
}

function* postOf(at: Place, item: XmlItem, survey: Survey): Generator<SourceItem> {
  const id = idOf(item);
  const threadId = refOf(item, 'thread');
  const thread = survey.threads.get(threadId);
  const removed = removedAs(item);
  const isKept = thread !== undefined && survey.parents.has(id);
  if (removed !== null) yield removedAt(at, removed, isKept);
  if (removed !== null && !isKept) return;
  if (survey.deletedThreads.has(threadId)) return yield removedAt(at, 'comments on deleted threads');
  if (thread === undefined) return yield omittedAt(at, 'comments on threads that are not in the file');
  const createdAt = timeOf(textIn(item, 'createdAt'));
  if (createdAt === null) yield omittedAt(at, NO_TIME);
  const key = `disqus:post:${id}`;
  const author = removed === null ? yield* authorOf(at, item, key) : null;
  const parent = refOf(item, 'parent');
  const time = createdAt ?? EARLIEST;
  yield recordAt(at, {
    ...{ type: 'comment', key, discussion: threadKey(thread), author, createdAt: time },
    ...(createdAt === null && { createdAtIsApproximate: true }),
    replyTo: parent === '' ? null : `disqus:post:${parent}`,
    ...(removed === null ? { body: htmlToMarkdown(textIn(item, 'message')) } : { body: '', deletedAt: time }),
  });
}

const NO_TIME = 'texts without a valid time: they have that of the first day of Disqus';
const EARLIEST = '2007-10-30T00:00:00.000Z';
const threadKey = (id: string) => `disqus:thread:${id}`;

/** The author. Those without an account have one for each text: two of them may have the same name. */
function* authorOf(at: Place, item: XmlItem, textKey: string): Generator<SourceItem, string | null> {
  const author = item.children.find(({ name }) => name === 'author');
  const [name, username] = author ? [textIn(author, 'name'), textIn(author, 'username')] : ['', ''];
  if (!author || (name === '' && username === '')) return null;
  const isKnown = username !== '' && !isTrue(author, 'isAnonymous');
  const key = isKnown ? `disqus:user:${username}` : `${textKey}:author`;
  yield recordAt(at, { type: 'author', key, name: name || username });
  return key;
}

function removedAs(item: XmlItem): string | null {
  if (isTrue(item, 'isSpam')) return 'spam';
  return isTrue(item, 'isDeleted') ? 'deleted comments' : null;
}

const idOf = (item: XmlItem) => item.attributes['dsq:id'] ?? '';
const refOf = (item: XmlItem, name: string) =>
  idOf(item.children.find((child) => child.name === name) ?? NO_ITEM);
const NO_ITEM: XmlItem = { name: '', attributes: {}, text: '', children: [], line: 0 };
const textIn = (item: XmlItem, name: string) =>
  item.children.find((child) => child.name === name)?.text.trim() ?? '';
const isTrue = (item: XmlItem, name: string) => textIn(item, name) === 'true';
