import { htmlToMarkdown } from '../../text/html-to-markdown.ts';
import type { Place, SourceItem, SourceKind } from '../record-source.ts';
import { RECORDS_VERSION } from '../records.ts';
import {
  integerIn,
  type Json,
  jsonDocuments,
  jsonFilesAt,
  listOf,
  objectOf,
  textIn,
} from './json-documents.ts';
import { elementOf, omittedAt, recordAt, removedAt, sourceOf, timeOf, unusableAt } from './reading.ts';

const LOCKS = ['OFF_TOPIC', 'RESOLVED', 'SPAM', 'TOO_HEATED'] as const;
const CLOSINGS = ['RESOLVED', 'OUTDATED', 'DUPLICATE'] as const;
/** How deep discussions are in an answer: data, repository, discussions, nodes and one. */
const DEPTH_MAX = 12;

/** GitHub Discussions: what `gh api graphql` prints, one answer or page after the other. */
export const gitHub: SourceKind = {
  description: "a file or a folder with answers of GitHub's GraphQL API that have discussions",
  async open(at) {
    const { files, bytes } = await jsonFilesAt(at);
    return sourceOf(at, bytes, async function* (onBytes) {
      yield recordAt({ file: at }, { type: 'forum', version: RECORDS_VERSION });
      const seen = new Set<string>();
      for await (const document of jsonDocuments(files, onBytes)) {
        for (const error of listOf(objectOf(document.value)['errors'])) {
          yield unusableAt(
            document.at,
            'errors in an answer of the API',
            textIn(objectOf(error)['message']) ?? undefined,
          );
        }
        const found = [...discussionsIn(document.value, 0)];
        if (found.length === 0) yield unusableAt(document.at, 'answers without discussions');
        for (const node of found) yield* discussionOf(document.at, node, seen);
      }
    });
  },
};

function* discussionsIn(value: unknown, depth: number): Generator<Json> {
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return;
  const node = objectOf(value);
  if (typeof node['title'] === 'string' && ('body' in node || 'bodyHTML' in node)) yield node;
  else for (const child of Object.values(value)) yield* discussionsIn(child, depth + 1);
}

const keyOf = (kind: string, node: Json) => {
  const id = textIn(node['id']) ?? textIn(node['url']);
  return id === null ? null : `github:${kind}:${id}`;
};

/**
 * `seen`: the keys of what earlier answers had. Answers with further pages of comments name the discussion and the comments
 * above again, often with fewer fields: the first answer counts.
 */
function* discussionOf(file: Place, node: Json, seen: Set<string>): Generator<SourceItem> {
  const at = { ...file, element: elementOf('discussion', node['number'] ?? node['id']) };
  const key = keyOf('discussion', node);
  const createdAt = timeOf(textIn(node['createdAt']));
  if (key === null || createdAt === null) {
    yield unusableAt(at, 'discussions without an id or a valid time: ask for `id` and `createdAt`');
    return;
  }
  if (!seen.has(key)) yield* headOf(at, node, key, createdAt);
  seen.add(key);
  const answer = textIn(objectOf(node['answer'])['id']);
  const answers: string[] = [];
  yield* commentsOf(at, objectOf(node['comments']), {
    discussion: key,
    replyTo: null,
    answer,
    answers,
    seen,
  });
  for (const comment of answers.slice(0, 1)) {
    const by = yield* authorOf(at, { author: node['answerChosenBy'] });
    const chosenAt = timeOf(textIn(node['answerChosenAt']));
    yield recordAt(at, { type: 'answer', discussion: key, comment, at: chosenAt, by });
  }
}

/** A discussion without its comments. */
function* headOf(at: Place, node: Json, key: string, createdAt: string): Generator<SourceItem> {
  const category = objectOf(node['category']);
  const name = textIn(category['name']);
  const categoryKey = name && `github:category:${textIn(category['id']) ?? name}`;
  if (name && categoryKey) {
    const isAnswerable = category['isAnswerable'] !== false;
    yield recordAt(at, { type: 'category', key: categoryKey, name, isAnswerable });
  }
  const labels = listOf(objectOf(node['labels'])['nodes']).flatMap(
    (label) => textIn(objectOf(label)['name']) ?? [],
  );
  for (const label of labels) yield recordAt(at, { type: 'tag', key: `github:label:${label}`, name: label });
  const author = yield* authorOf(at, node);
  const closedAt = node['closed'] === false ? null : timeOf(textIn(node['closedAt']));
  const url = textIn(node['url']);
  const [title, body] = [String(node['title']), bodyOf(node).trim()];
  if (body === '') yield omittedAt(at, 'discussions without a text: they have their title as text');
  yield recordAt(at, {
    ...{ type: 'discussion', key, title, body: body === '' ? title : bodyOf(node), author, createdAt },
    lastEditedAt: timeOf(textIn(node['lastEditedAt'])),
    importedNetVotes: integerIn(node['upvoteCount']),
    ...{ category: categoryKey, tags: labels.map((label) => `github:label:${label}`) },
    oldUrls: url === null ? [] : [url],
    ...(closedAt && {
      close: { at: closedAt, reason: CLOSINGS.find((one) => one === node['stateReason']) ?? null },
    }),
    ...(node['locked'] === true && {
      lock: {
        at: closedAt ?? createdAt,
        reason: LOCKS.find((one) => one === node['activeLockReason']) ?? null,
      },
    }),
  });
}

interface Below {
  readonly discussion: string;
  readonly replyTo: string | null;
  readonly answer: string | null;
  /** Is filled with the comments that were accepted. */
  readonly answers: string[];
  readonly seen: Set<string>;
}

function* commentsOf(at: Place, connection: Json, below: Below): Generator<SourceItem> {
  const nodes = listOf(connection['nodes']).map(objectOf);
  for (const node of nodes) {
    const key = keyOf('comment', node);
    const createdAt = timeOf(textIn(node['createdAt']));
    if (key === null || createdAt === null) {
      yield omittedAt(at, 'comments without an id or a valid time: ask for `id` and `createdAt`');
      continue;
    }
    const place = { ...at, element: `${at.element}, ${elementOf('comment', node['id'])}` };
    const replies = objectOf(node['replies']);
    const removedAs = textIn(node['deletedAt'])
      ? 'deleted comments'
      : node['isMinimized'] === true && 'hidden comments';
    const hasReplies = listOf(replies['nodes']).length > 0;
    const isNew = !below.seen.has(key);
    below.seen.add(key);
    if (removedAs && isNew) yield removedAt(place, removedAs, hasReplies);
    if (removedAs && !hasReplies) continue;
    const { discussion, replyTo } = below;
    const shared = { type: 'comment', key, discussion, replyTo, createdAt } as const;
    if (removedAs) {
      const deletedAt = timeOf(textIn(node['deletedAt'])) ?? createdAt;
      if (isNew) yield recordAt(place, { ...shared, body: '', deletedAt });
    } else {
      if (isNew) {
        const author = yield* authorOf(place, node);
        const lastEditedAt = timeOf(textIn(node['lastEditedAt']));
        const importedNetVotes = integerIn(node['upvoteCount']);
        yield recordAt(place, { ...shared, author, body: bodyOf(node), lastEditedAt, importedNetVotes });
      }
      if (node['isAnswer'] === true || (below.answer !== null && below.answer === node['id']))
        below.answers.push(key);
    }
    yield* commentsOf(place, replies, { ...below, replyTo: key });
  }
  const missing = integerIn(connection['totalCount']) - nodes.length;
  if (missing > 0)
    yield omittedAt(
      at,
      'pages without all comments',
      `${missing} more are on other pages, or are not in the export.`,
    );
}

/** The author, who is null if the account was deleted ("ghost"). */
function* authorOf(at: Place, node: Json): Generator<SourceItem, string | null> {
  const author = objectOf(node['author']);
  const login = textIn(author['login']);
  if (login === null) return null;
  const key = `github:user:${login.toLowerCase()}`;
  yield recordAt(at, {
    type: 'author',
    key,
    name: textIn(author['name']) ?? login,
    avatarUrl: textIn(author['avatarUrl']),
  });
  return key;
}

const bodyOf = (node: Json) => textIn(node['body']) ?? htmlToMarkdown(textIn(node['bodyHTML']) ?? '');
