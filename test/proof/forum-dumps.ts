// One small forum, as each of the programs that are read would export it.
import { linesOf } from '../transfer/transfers.ts';
import {
  at,
  COMMENTS,
  type Comment,
  type ForumDump,
  PEOPLE,
  people,
  SITE,
  type Text,
  TOPICS,
  type Topic,
  topics,
} from './dumped-forum.ts';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const xml = (root: string, rows: readonly Readonly<Record<string, string | number>>[]) => {
  const lines = rows.map((row) => {
    const attributes = Object.entries(row).map(([name, value]) => `${name}="${escaped(String(value))}"`);
    return `  <row ${attributes.join(' ')} />\n`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n${lines.join('')}</${root}>`;
};

/** Comments at the top level are answers there, and replies to them comments. */
function stackExchange(): ForumDump {
  const shared = ({ id, body, person, minute }: Text) => ({
    ...{ Id: id, Body: `<p>${body}</p>`, OwnerUserId: person + 1, CreationDate: at(minute).slice(0, -1) },
    Score: id % 7,
  });
  const answers = topics.flatMap((topic) => topic.comments.filter(({ replyTo }) => replyTo === null));
  const topOf = (topic: Topic, comment: Comment): number => {
    const parent = topic.comments.find(({ id }) => id === comment.replyTo);
    return parent ? topOf(topic, parent) : comment.id;
  };
  const posts = topics.flatMap((topic) => [
    {
      ...{ ...shared(topic), PostTypeId: 1, Title: topic.title, Tags: `|tag-${topic.id % 4}|` },
      AcceptedAnswerId: topic.comments[0]?.id ?? 0,
    },
    ...topic.comments
      .filter((comment) => answers.includes(comment))
      .map((comment) => ({ ...shared(comment), PostTypeId: 2, ParentId: topic.id })),
  ]);
  const comments = topics.flatMap((topic) =>
    topic.comments
      .filter((comment) => comment.replyTo !== null)
      .map((comment) => ({
        ...{ Id: comment.id, PostId: topOf(topic, comment), Text: comment.body, UserId: comment.person + 1 },
        CreationDate: at(comment.minute).slice(0, -1),
      })),
  );
  const links = topics.slice(1).map((topic, n) => ({
    ...{ Id: n + 1, PostId: topic.id, RelatedPostId: topics[n]?.id ?? 0, LinkTypeId: 1 },
  }));
  return {
    files: {
      'Posts.xml': xml('posts', posts),
      'Users.xml': xml(
        'users',
        people.map(({ id, name }) => ({
          Id: id,
          DisplayName: name,
          CreationDate: '2020-01-01T00:00:00.000',
        })),
      ),
      'Comments.xml': xml('comments', comments),
      'PostLinks.xml': xml('postlinks', links),
    },
    isFolder: true,
    arguments: ['--from', 'stackexchange', '--site', SITE],
  };
}

/** Post 1 of a topic is its question. */
const numberIn = (topic: Topic, id: number) => id - topic.id + 1;

function discourseTopics(): ForumDump {
  const postOf = (topic: Topic, { id, body, person, minute }: Text, replyTo: number | null) => ({
    ...{ id, post_number: numberIn(topic, id), topic_id: topic.id, post_type: 1, raw: body },
    ...{
      username: `person-${person}`,
      name: `Person ${person}`,
      user_id: person + 1,
      created_at: at(minute),
    },
    ...{ reply_to_post_number: replyTo === null ? null : numberIn(topic, replyTo), version: 1 },
    accepted_answer: id === topic.id + 1,
  });
  const files = topics.map((topic) => {
    const posts = [
      postOf(topic, topic, null),
      ...topic.comments.map((comment) => postOf(topic, comment, comment.replyTo)),
    ];
    const head = { id: topic.id, title: topic.title, slug: `topic-${topic.id}`, archetype: 'regular' };
    const answer = { ...head, created_at: at(topic.minute), visible: true, tags: ['common'] };
    const stream = posts.map(({ id }) => id);
    return [`topic-${topic.id}.json`, JSON.stringify({ ...answer, post_stream: { posts, stream } })];
  });
  return {
    files: Object.fromEntries(files),
    isFolder: true,
    arguments: ['--from', 'discourse', '--site', SITE],
  };
}

function discourseBackup(): ForumDump {
  const table = (name: string, columns: string, rows: readonly (readonly unknown[])[]) =>
    `COPY public.${name} (${columns}) FROM stdin;\n${rows.map((row) => `${row.map((value) => value ?? '\\N').join('\t')}\n`).join('')}\\.\n\n`;
  const time = (minute: number) => at(minute).replace('T', ' ').slice(0, -5);
  const texts = topics.flatMap((topic) => [
    { topic, text: topic as Text, replyTo: null as number | null },
    ...topic.comments.map((comment) => ({ topic, text: comment as Text, replyTo: comment.replyTo })),
  ]);
  const posts = texts.map(({ topic, text, replyTo }) => [
    ...[text.id, topic.id, numberIn(topic, text.id), text.person + 1, text.body],
    ...[replyTo === null ? null : numberIn(topic, replyTo), time(text.minute)],
  ]);
  const likes = topics.map((topic) => [
    topic.id + 1,
    ((topic.person + 1) % PEOPLE) + 1,
    2,
    time(topic.minute + 19),
  ]);
  const sql = [
    table('post_actions', 'post_id, user_id, post_action_type_id, created_at', likes),
    table('posts', 'id, topic_id, post_number, user_id, raw, reply_to_post_number, created_at', posts),
    table(
      'topics',
      'id, title, slug, created_at',
      topics.map((topic) => [topic.id, topic.title, `topic-${topic.id}`, time(topic.minute)]),
    ),
    table(
      'users',
      'id, username, name, created_at',
      people.map(({ id, name }) => [id, `person-${id - 1}`, name, '2020-01-01 00:00:00']),
    ),
  ];
  return { files: { 'dump.sql': sql.join('') }, arguments: ['--from', 'discourse', '--site', SITE] };
}

function disqus(): ForumDump {
  const author = (person: number) =>
    `<author><name>Person ${person}</name><isAnonymous>false</isAnonymous><username>person-${person}</username></author>`;
  const threads = topics.map(
    (
      topic,
    ) => `<thread dsq:id="${topic.id}"><link>https://${SITE}/pages/${topic.id}</link><title>${topic.title}</title>
      <message>${topic.body}</message><createdAt>${at(topic.minute)}</createdAt>${author(topic.person)}</thread>`,
  );
  const posts = topics.flatMap((topic) =>
    topic.comments.map(
      (comment) => `<post dsq:id="${comment.id}"><message><![CDATA[<p>${comment.body}</p>]]></message>
      <createdAt>${at(comment.minute)}</createdAt><thread dsq:id="${topic.id}"/>${comment.replyTo === null ? '' : `<parent dsq:id="${comment.replyTo}"/>`}${author(comment.person)}</post>`,
    ),
  );
  const head = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">';
  const text = `<?xml version="1.0" encoding="utf-8"?>\n${head}\n${[...threads, ...posts].join('\n')}\n</disqus>`;
  return { files: { 'disqus.xml': text }, arguments: ['--from', 'disqus'] };
}

function gitHub(): ForumDump {
  const shared = ({ id, body, person, minute }: Text) => ({
    ...{ id: `id-${id}`, body, createdAt: at(minute), upvoteCount: id % 5 },
    author: { login: `person-${person}`, name: `Person ${person}` },
  });
  const below = (comments: readonly Comment[], replyTo: number | null): object => {
    const nodes = comments
      .filter((comment) => comment.replyTo === replyTo)
      .map((comment) => ({ ...shared(comment), replies: below(comments, comment.id) }));
    return { totalCount: nodes.length, nodes };
  };
  const nodes = topics.map((topic) => ({
    ...{ ...shared(topic), title: topic.title, url: `https://github.com/o/r/discussions/${topic.id}` },
    ...{ category: { id: `c-${topic.id % 3}`, name: `Category ${topic.id % 3}`, isAnswerable: true } },
    ...{ answer: { id: `id-${topic.comments[0]?.id}` }, comments: below(topic.comments, null) },
  }));
  const text = JSON.stringify({ data: { repository: { discussions: { nodes } } } });
  return { files: { 'discussions.json': text }, arguments: ['--from', 'github'] };
}

function reddit(): ForumDump {
  const listing = (children: readonly object[]) => ({ kind: 'Listing', data: { children } });
  const shared = ({ id, person, minute }: Text) => ({
    ...{
      id: `id${id}`,
      author: `person-${person}`,
      created_utc: Date.parse(at(minute)) / 1000,
      score: id % 9,
    },
    edited: false,
  });
  const below = (comments: readonly Comment[], replyTo: number | null): object =>
    listing(
      comments
        .filter((comment) => comment.replyTo === replyTo)
        .map((comment) => ({
          kind: 't1',
          data: { ...shared(comment), body: comment.body, replies: below(comments, comment.id) },
        })),
    );
  const threads = topics.map((topic) => [
    listing([{ kind: 't3', data: { ...shared(topic), title: topic.title, selftext: topic.body } }]),
    below(topic.comments, null),
  ]);
  const text = threads.map((thread) => `${JSON.stringify(thread)}\n`).join('');
  return { files: { 'threads.json': text }, arguments: ['--from', 'reddit'] };
}

function records(): ForumDump {
  const text = ({ id, body, person, minute }: Text) => ({
    ...{ key: `old:post:${id}`, body, author: `old:user:${person}`, createdAt: at(minute) },
  });
  const lines = linesOf([
    ...people.map(({ id, name }) => ({ type: 'author', key: `old:user:${id - 1}`, name })),
    ...topics.flatMap((topic) => [
      { type: 'discussion', ...text(topic), title: topic.title },
      ...topic.comments.map((comment) => ({
        ...{ type: 'comment', ...text(comment), discussion: `old:post:${topic.id}` },
        replyTo: comment.replyTo === null ? null : `old:post:${comment.replyTo}`,
      })),
      { type: 'answer', discussion: `old:post:${topic.id}`, comment: `old:post:${topic.id + 1}` },
    ]),
  ]);
  return { files: { 'forum.jsonl': lines }, arguments: [] };
}

/** The exports, by name. Each has as many discussions and comments. */
export const FORUM_DUMPS: Readonly<Record<string, () => ForumDump>> = {
  'Stack Exchange': stackExchange,
  'Discourse, JSON': discourseTopics,
  'Discourse, backup': discourseBackup,
  Disqus: disqus,
  GitHub: gitHub,
  Reddit: reddit,
  'JSON Lines': records,
};
export const TEXTS = { discussions: TOPICS, comments: TOPICS * COMMENTS };
