// A forum to search in: discussions whose titles tell them apart, in several languages.
import type { Engine } from '../../../src/store/index.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum } from '../../support/forum.ts';

interface Thread {
  readonly title: string;
  readonly body: string;
  readonly comments?: readonly string[];
  readonly postedAt: string;
  readonly category?: string;
  readonly tags?: string;
}

const THREADS: readonly Thread[] = [
  {
    title: 'How does Kubernetes scale?',
    body: 'We run node.js and C++ services. Does e-mail alerting help?',
    comments: [
      'Horizontal autoscaling of Kubernetes works well.',
      'Use the cluster autoscaler. Kubernetes, Kubernetes!',
    ],
    ...{ postedAt: '2 days', category: 'Infrastructure', tags: 'Scaling, API' },
  },
  {
    title: 'Wie exportiere ich Rechnungen als Übersicht?',
    body: 'Die Straße zum Ziel: Rechnungen exportieren.',
    comments: ['Über das Menü: Übersicht, dann Export.'],
    ...{ postedAt: '3 days', category: 'Accounting' },
  },
  {
    title: '如何迁移数据库到新服务器？',
    body: '我们的数据库很大，iPhone 用户很多。',
    comments: ['先备份数据库，然后迁移。'],
    ...{ postedAt: '4 days', category: 'Infrastructure', tags: 'API' },
  },
  { title: 'データベースのガイドはありますか', body: 'ガイドを探しています。', postedAt: '5 days' },
  { title: '한국어 검색이 되나요', body: '검색 기능을 찾고 있습니다.', postedAt: '6 days' },
  { title: 'Who likes rockets 🚀?', body: 'Emoji in texts 👍🏽 are words too.', postedAt: '7 days' },
];

export async function openSearchForum(engine: Engine): Promise<Forum> {
  const forum = await openForum(engine, 'empty');
  for (const { tags, comments = [], ...thread } of THREADS)
    await forum.load(
      threadDocument({
        ...thread,
        ...(tags && { more: [`Tags: ${tags}`] }),
        comments: comments.map((body) => ({ body, postedAt: '1 day' })),
      }),
    );
  return forum;
}
