import { htmlToMarkdown } from '../../../text/html-to-markdown.ts';
import type { SourceItem } from '../../record-source.ts';
import { copied, omittedAt, recordAt, removedAt, timeOf } from '../reading.ts';
import type { XmlItem } from '../xml-items.ts';
import { placeOf, postKey, type Reading } from './reading.ts';
import { idOf, PostType, rowsOf } from './survey.ts';
import { authorOf } from './users.ts';

/** Elements of HTML, which Markdown may contain there and may not here. */
const HAS_HTML = /<\/?[a-z][^\n]*>|<!--/i;

/** The questions, as discussions. Fills in the titles of those in `titles`. */
export async function* readQuestions(
  reading: Reading,
  titles: Map<number, string>,
): AsyncGenerator<SourceItem> {
  const { dump, survey, onBytes } = reading;
  const { site } = dump;
  const seenTags = new Set<string>();
  const duplicates = new Set(survey.links.filter(({ isDuplicate }) => isDuplicate).map(({ from }) => from));
  let before: string | null = null;
  for await (const rows of rowsOf(dump, 'Posts', onBytes)) {
    for (const row of rows) {
      const at = placeOf(reading, 'Posts', row);
      const id = idOf(row, 'Id');
      if (id === null || survey.posts.get(id) === 0) {
        if (row.attributes['PostTypeId'] === PostType.answer) continue;
        yield row.attributes['DeletionDate'] ? removedAt(at, deletedKindOf(row)) : omittedAt(at, OTHER_POSTS);
        continue;
      }
      if (survey.posts.get(id) !== -1) continue;
      const title = row.attributes['Title']?.trim() || `Question ${id}`;
      if (titles.has(id)) titles.set(id, copied(title));
      const names = tagsOf(row.attributes['Tags'] ?? '');
      for (const name of names.filter((one) => !seenTags.has(one))) {
        seenTags.add(copied(name));
        yield recordAt(at, { type: 'tag', key: tagKey(site, name), name });
      }
      const text: Text = yield* textOf(reading, row, id, before);
      before = text.createdAt;
      const closedAt = timeOf(row.attributes['ClosedDate']);
      const reason = duplicates.has(id) ? 'DUPLICATE' : null;
      yield recordAt(at, {
        ...text,
        type: 'discussion',
        title,
        tags: names.map((name) => tagKey(site, name)),
        oldUrls: addressesOf(site, id),
        ...(closedAt && { close: { at: closedAt, reason } }),
      });
    }
  }
}

/** The answers, as comments at the top level, and which of them were accepted. */
export async function* readAnswers(reading: Reading): AsyncGenerator<SourceItem> {
  const { dump, survey, onBytes } = reading;
  let before: string | null = null;
  for await (const rows of rowsOf(dump, 'Posts', onBytes)) {
    for (const row of rows) {
      if (row.attributes['PostTypeId'] !== PostType.answer) continue;
      const at = placeOf(reading, 'Posts', row);
      const id = idOf(row, 'Id');
      if (row.attributes['DeletionDate']) {
        yield removedAt(at, 'deleted answers');
        continue;
      }
      const question = id === null ? 0 : survey.posts.get(id);
      if (survey.deleted.get(question) === 1) {
        yield removedAt(at, 'answers to deleted questions');
        continue;
      }
      if (id === null || survey.posts.get(question) !== -1) {
        yield omittedAt(at, 'answers to questions that are not in the dump');
        continue;
      }
      const discussion = postKey(dump.site, question);
      const text: Text = yield* textOf(reading, row, id, before);
      before = text.createdAt;
      yield recordAt(at, {
        ...text,
        type: 'comment',
        discussion,
        oldUrls: [`https://${dump.site}/a/${id}/*`],
      });
      if (survey.accepted.get(question) !== id) continue;
      const acceptedAt = survey.acceptedAt.get(id);
      // votes have a day and no time
      const time = acceptedAt > Date.parse(text.createdAt) ? new Date(acceptedAt).toISOString() : null;
      yield recordAt(at, { type: 'answer', discussion, comment: text.key, at: time });
    }
  }
}

/** Comments: on an answer they are replies to it, on a question comments at the top level. */
export async function* readComments(reading: Reading): AsyncGenerator<SourceItem> {
  const { dump, survey, onBytes } = reading;
  let before: string | null = null;
  for await (const rows of rowsOf(dump, 'Comments', onBytes)) {
    for (const row of rows) {
      const at = placeOf(reading, 'Comments', row);
      const [id, post] = [idOf(row, 'Id'), idOf(row, 'PostId')];
      const parent = post === null ? 0 : survey.posts.get(post);
      const question = parent === -1 ? (post ?? 0) : parent;
      const isDeleted = survey.deleted.get(post ?? 0) === 1 || survey.deleted.get(question) === 1;
      if (isDeleted || row.attributes['DeletionDate']) {
        yield removedAt(at, isDeleted ? 'comments on deleted posts' : 'deleted comments');
        continue;
      }
      if (id === null || post === null || survey.posts.get(question) !== -1) {
        yield omittedAt(at, 'comments on posts that are not in the dump');
        continue;
      }
      const key = `stackexchange:${dump.site}:comment:${id}`;
      const { author, records, isUnknown } = authorOf(reading, row, ['UserId', 'UserDisplayName'], key);
      yield* records;
      if (isUnknown) yield omittedAt(at, UNKNOWN_AUTHOR);
      const createdAt = timeOf(row.attributes['CreationDate']);
      if (createdAt === null) yield omittedAt(at, NO_TIME);
      before = createdAt ?? before ?? EARLIEST;
      yield recordAt(at, {
        ...{ type: 'comment', key, discussion: postKey(dump.site, question) },
        replyTo: parent === -1 ? null : postKey(dump.site, post),
        ...{ body: row.attributes['Text'] ?? '', author, createdAt: before },
        ...(createdAt === null && { createdAtIsApproximate: true }),
        importedNetVotes: Number.parseInt(row.attributes['Score'] ?? '', 10) || 0,
      });
    }
  }
}

const UNKNOWN_AUTHOR = 'authors who are not in Users.xml: their texts have no author';
const NO_TIME = 'texts without a valid time: they have that of the text before';
/** Stack Exchange opened in July 2008. */
const EARLIEST = '2008-07-31T00:00:00.000Z';

interface Text {
  readonly key: string;
  readonly body: string;
  readonly author: string | null;
  readonly createdAt: string;
  readonly createdAtIsApproximate?: boolean;
  readonly lastEditedAt: string | null;
  readonly importedNetVotes: number;
}

/** What questions and answers share. Yields what comes before the record: its author, and what is to be reported. */
async function* textOf(
  reading: Reading,
  row: XmlItem,
  id: number,
  before: string | null,
): AsyncGenerator<SourceItem, Text> {
  const at = placeOf(reading, 'Posts', row);
  const key = postKey(reading.dump.site, id);
  const { author, records, isUnknown } = authorOf(reading, row, ['OwnerUserId', 'OwnerDisplayName'], key);
  yield* records;
  if (isUnknown) yield omittedAt(at, UNKNOWN_AUTHOR);
  const createdAt = timeOf(row.attributes['CreationDate']);
  if (createdAt === null) yield omittedAt(at, NO_TIME);
  const written = (await reading.history?.markdownOf(id)) ?? null;
  const score = Number.parseInt(row.attributes['Score'] ?? '', 10);
  return {
    key,
    body: written && !HAS_HTML.test(written) ? written : htmlToMarkdown(row.attributes['Body'] ?? ''),
    author,
    createdAt: createdAt ?? before ?? EARLIEST,
    ...(createdAt === null && { createdAtIsApproximate: true }),
    lastEditedAt: timeOf(row.attributes['LastEditDate']),
    importedNetVotes: Number.isSafeInteger(score) ? score : reading.survey.votes.get(id),
  };
}

const OTHER_POSTS = 'posts that are neither questions nor answers, such as descriptions of tags';

function deletedKindOf(row: XmlItem): string {
  return row.attributes['PostTypeId'] === PostType.question ? 'deleted questions' : 'other deleted posts';
}

/** The names in "|a|b|" or, in dumps before 2024, "<a><b>". */
function tagsOf(text: string): string[] {
  return [...new Set(text.split(/[|<>]+/).filter((name) => name !== ''))];
}

const tagKey = (site: string, name: string) => `stackexchange:${site}:tag:${name}`;

/** The addresses of a question that people link to: with its title, an answer, or who shared it at the end. */
function addressesOf(site: string, id: number): string[] {
  return [`https://${site}/questions/${id}/*`, `https://${site}/q/${id}/*`];
}
