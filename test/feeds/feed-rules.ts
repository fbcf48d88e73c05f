// What the specifications require of each format, as far as it concerns what this server writes.
import { z } from 'zod';
import { childrenOf, parseXml, textOf, type XmlElement } from './xml-tree.ts';

const ATOM = '{http://www.w3.org/2005/Atom}';
const isAbsolute = (url: string | null | undefined): boolean =>
  typeof url === 'string' && /^https?:\/\/[^/]/.test(url) && URL.canParse(url);
/** RFC 3339, as RFC 4287 requires it. */
const isRfc3339 = (time: string | null) =>
  time !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(time);
/** RFC 822 with years of four digits, as RSS has it. */
const isRfc822 = (time: string | null) =>
  time !== null && /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(time);

type Check = readonly [fault: string, isMet: boolean];
const faultsIn = (checks: readonly Check[]) => checks.filter(([, isMet]) => !isMet).map(([fault]) => fault);

const ATOM_CHILDREN: Readonly<Record<string, readonly string[]>> = {
  feed: ['id', 'title', 'subtitle', 'updated', 'link', 'generator', 'entry'],
  entry: ['id', 'title', 'link', 'published', 'updated', 'author', 'category', 'summary', 'content'],
};

/** RFC 4287, sections 4.1.1 and 4.1.2. */
export function atomFaults(document: string): string[] {
  const feed = parseXml(document);
  const of = (element: XmlElement, kind: 'feed' | 'entry'): Check[] => [
    [`${kind}: one id`, childrenOf(element, 'id').length === 1 && isAbsolute(textOf(element, 'id'))],
    [`${kind}: one title`, childrenOf(element, 'title').length === 1],
    [
      `${kind}: one updated`,
      childrenOf(element, 'updated').length === 1 && isRfc3339(textOf(element, 'updated')),
    ],
    [
      `${kind}: absolute links`,
      childrenOf(element, 'link').every(({ attributes }) => isAbsolute(attributes['href'])),
    ],
    [
      `${kind}: one alternate link of a type`,
      childrenOf(element, 'link').filter(({ attributes }) => attributes['rel'] === 'alternate').length === 1,
    ],
    [
      `${kind}: known children`,
      element.children.every(({ name }) =>
        (ATOM_CHILDREN[kind] ?? []).some((known) => name === ATOM + known),
      ),
    ],
  ];
  const entries = childrenOf(feed, 'entry');
  const ids = entries.map((entry) => textOf(entry, 'id'));
  return faultsIn([
    ['feed in the namespace of Atom', feed.name === `${ATOM}feed`],
    ...of(feed, 'feed'),
    ['feed: a self link', childrenOf(feed, 'link').some(({ attributes }) => attributes['rel'] === 'self')],
    ['no id twice', new Set(ids).size === ids.length],
    ...entries.flatMap((entry): Check[] => [
      ...of(entry, 'entry'),
      ['entry: an author with a name', childrenOf(entry, 'author').every((author) => textOf(author, 'name'))],
      ['entry: an author', childrenOf(entry, 'author').length === 1],
      [
        'entry: content or summary',
        childrenOf(entry, 'content').length + childrenOf(entry, 'summary').length === 1,
      ],
      [
        'entry: content is html',
        childrenOf(entry, 'content').every(({ attributes }) => attributes['type'] === 'html'),
      ],
      ['entry: published', isRfc3339(textOf(entry, 'published'))],
    ]),
  ]);
}

/** The RSS 2.0 specification, and the profile of the RSS Advisory Board. */
export function rssFaults(document: string): string[] {
  const rss = parseXml(document);
  const [channel] = childrenOf(rss, 'channel');
  if (!channel) return ['a channel'];
  const items = childrenOf(channel, 'item');
  const guids = items.map((item) => textOf(item, 'guid'));
  const links = channel.children.filter(({ name }) => name === `${ATOM}link`);
  return faultsIn([
    ['version 2.0', rss.name === '{}rss' && rss.attributes['version'] === '2.0'],
    ['title', textOf(channel, 'title') !== null],
    ['link', isAbsolute(channel.children.find(({ name }) => name === '{}link')?.text)],
    ['description', textOf(channel, 'description') !== null],
    [
      'a self link',
      links.length === 1 &&
        links[0]?.attributes['rel'] === 'self' &&
        isAbsolute(links[0]?.attributes['href']),
    ],
    ['lastBuildDate', isRfc822(textOf(channel, 'lastBuildDate'))],
    ['no guid twice', new Set(guids).size === guids.length],
    ...items.flatMap((item): Check[] => [
      ['item: link', isAbsolute(textOf(item, 'link'))],
      ['item: guid is the link', textOf(item, 'guid') === textOf(item, 'link')],
      ['item: pubDate', isRfc822(textOf(item, 'pubDate'))],
      ['item: title', (textOf(item, 'title') ?? '') !== ''],
      ['item: no author without an address', childrenOf(item, 'author').length === 0],
      ['item: creator', (textOf(item, 'creator') ?? '') !== ''],
    ]),
  ]);
}

const absolute = z.string().refine(isAbsolute);
const rfc3339 = z.string().refine(isRfc3339);
const jsonAuthor = z
  .strictObject({ name: z.string().min(1), url: absolute, avatar: absolute })
  .partial()
  .refine((author) => Object.keys(author).length > 0);
const jsonItem = z
  .strictObject({
    ...{ id: absolute, url: absolute, title: z.string().min(1) },
    ...{ content_html: z.string().optional(), content_text: z.string().optional() },
    ...{ date_published: rfc3339, date_modified: rfc3339 },
    ...{ authors: z.array(jsonAuthor).length(1), tags: z.array(z.string().min(1)).min(1).optional() },
  })
  .refine((item) => (item.content_html === undefined) !== (item.content_text === undefined), 'one content');
const jsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  ...{ title: z.string().min(1), description: z.string(), home_page_url: absolute, feed_url: absolute },
  items: z
    .array(jsonItem)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'no id twice'),
});

/** JSON Feed 1.1: the members that it has, as this server writes them, and no others. */
export function jsonFeedFaults(document: string): string[] {
  const { error } = jsonFeed.safeParse(JSON.parse(document));
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}
