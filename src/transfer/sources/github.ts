import type { Place, SourceItem, SourceKind } from '../record-source.ts';
import { RECORDS_VERSION } from '../records.ts';
import { type Json, jsonValues, listOf, numberOf, objectOf, textOf } from './json-values.ts';
import { filesAt, omittedAt, recordAt, sourceOf, timeOf } from './reading.ts';

/** The answers of GitHub's GraphQL API for `repository.discussions`, as `gh api graphql --paginate` prints them. */
export const github: SourceKind = {
  description: 'the JSON of GitHub Discussions from its GraphQL API',
  open: async (path) => {
    const { files, bytes } = await filesAt(path, '.json');
    return sourceOf(bytes, async function* (onBytes) {
      yield recordAt({ file: files[0] ?? path }, { type: 'forum', version: RECORDS_VERSION });
      for (const file of files)
        for await (const { value, line } of jsonValues(file, onBytes))
          for (const discussion of discussionsIn(objectOf(value))) yield* itemsOf(discussion, { file, line });
    });
  },
};

/** The discussions in a page of answers, in an answer for one, or in a list of them. */
function discussionsIn(value: Json): readonly Json[] {
  const { discussions, discussion } = objectOf(objectOf(value['data'] ?? value)['repository'] ?? value);
  const nodes = objectOf(discussions ?? value)['nodes'];
  const found = nodes ? listOf(nodes) : [discussion ?? value];
  return found.map(objectOf).filter((each) => textOf(each['id']) && textOf(each['title']));
}

function* itemsOf(discussion: Json, { file, line }: Place): Generator<SourceItem> {
  const { number, title, url, category, labels, answer, closed, stateReason, locked } = discussion;
  const at = { file, line, element: `discussion ${number ?? discussion['id']}` };
  const createdAt = timeOf(textOf(discussion['createdAt']));
  const body = bodyOf(discussion);
  if (createdAt === null || body === null)
    return yield omittedAt(
      at,
      createdAt === null ? 'discussions without a time' : 'discussions without a text',
    );
  const key = keyOf(discussion);
  const { name, slug, isAnswerable } = objectOf(category);
  const categoryKey = textOf(name) && `github:category:${textOf(slug) ?? name}`;
  if (categoryKey)
    yield recordAt(at, {
      ...{ type: 'category', key: categoryKey, name: String(name), slug: textOf(slug) },
      ...(typeof isAnswerable === 'boolean' && { isAnswerable }),
    });
  const tags = nodesOf(labels).flatMap((label) => textOf(label['name']) ?? []);
  for (const tag of tags) yield recordAt(at, { type: 'tag', key: `github:label:${tag}`, name: tag });
  const author = yield* authorOf(discussion['author'], at);
  const closedAt = timeOf(textOf(discussion['closedAt'])) ?? (closed === true ? createdAt : null);
  yield recordAt(at, {
    ...{ type: 'discussion', key, title: String(title), body, author, createdAt },
    ...{ category: categoryKey, tags: tags.map((tag) => `github:label:${tag}`) },
    ...{
      oldUrls: textOf(url) ? [String(url)] : [],
      importedNetVotes: numberOf(discussion['upvoteCount']) ?? 0,
    },
    lastEditedAt: timeOf(textOf(discussion['lastEditedAt'])),
    ...(locked === true && { lock: { at: timeOf(textOf(discussion['updatedAt'])) ?? createdAt } }),
    ...(closedAt && { close: { at: closedAt, reason: reasonOf(stateReason) } }),
  });
  yield* commentsOf(discussion['comments'], key, null, at);
  const accepted = objectOf(answer);
  const marked = textOf(accepted['id']) ?? answerAmong(discussion['comments']);
  if (marked)
    yield recordAt(at, {
      ...{ type: 'answer', discussion: key, comment: `github:comment:${marked}` },
      at: timeOf(textOf(discussion['answerChosenAt'])),
      by: yield* authorOf(discussion['answerChosenBy'], at),
    });
}

function* commentsOf(
  connection: unknown,
  discussion: string,
  replyTo: string | null,
  at: Place,
): Generator<SourceItem> {
  const comments = nodesOf(connection);
  for (const comment of comments) {
    const id = textOf(comment['id']);
    const place = { ...at, element: `comment ${id ?? '?'} of ${at.element}` };
    const createdAt = timeOf(textOf(comment['createdAt']));
    if (id === null || createdAt === null) {
      yield omittedAt(place, 'comments without an id or a time');
      continue;
    }
    const deletedAt = timeOf(textOf(comment['deletedAt']));
    const isHidden = comment['isMinimized'] === true && comment['minimizedReason'] !== 'resolved';
    const body = bodyOf(comment);
    const hasReplies = nodesOf(comment['replies']).length > 0;
    const isLeftOut = deletedAt !== null || isHidden || body === null;
    const key = `github:comment:${id}`;
    if (isLeftOut) yield omittedAt(place, isHidden ? 'hidden comments' : 'deleted or empty comments');
    if (isLeftOut && !hasReplies) continue;
    const author = isLeftOut ? null : yield* authorOf(comment['author'], place);
    yield recordAt(place, {
      ...{ type: 'comment', key, discussion, replyTo, createdAt, author },
      ...(isLeftOut ? { body: '', deletedAt: deletedAt ?? createdAt } : { body: body ?? '' }),
      ...(!isLeftOut && { importedNetVotes: numberOf(comment['upvoteCount']) ?? 0 }),
      lastEditedAt: isLeftOut ? null : timeOf(textOf(comment['lastEditedAt'])),
    });
    yield* commentsOf(comment['replies'], discussion, key, place);
  }
  const total = numberOf(objectOf(connection)['totalCount']) ?? comments.length;
  if (total > comments.length)
    yield omittedAt(
      at,
      'comments that the export does not hold',
      `${total - comments.length}: ask for more pages.`,
    );
}

/** Yields the author's record, and returns its key. A deleted account has none. */
function* authorOf(value: unknown, at: Place): Generator<SourceItem, string | null> {
  const { login, name, avatarUrl } = objectOf(value);
  const known = textOf(login);
  if (known === null) return null;
  const key = `github:user:${known.toLowerCase()}`;
  yield recordAt(at, { type: 'author', key, name: textOf(name) ?? known, avatarUrl: textOf(avatarUrl) });
  return key;
}

function reasonOf(stateReason: unknown): 'DUPLICATE' | 'OUTDATED' | 'RESOLVED' | null {
  const reason = textOf(stateReason);
  return reason === 'DUPLICATE' || reason === 'OUTDATED' || reason === 'RESOLVED' ? reason : null;
}

/** The id of the comment that says of itself that it is the answer. */
function answerAmong(connection: unknown): string | null {
  for (const comment of nodesOf(connection)) {
    const id = comment['isAnswer'] === true ? textOf(comment['id']) : answerAmong(comment['replies']);
    if (id) return id;
  }
  return null;
}

const keyOf = (discussion: Json) => `github:discussion:${discussion['id']}`;
const bodyOf = (of: Json) => textOf(of['body']);
const nodesOf = (connection: unknown) => listOf(objectOf(connection)['nodes']).map(objectOf);
