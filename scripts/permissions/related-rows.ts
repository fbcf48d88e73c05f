import { mayRelate } from '../../src/forum/related/related-rules.ts';
import { onDiscussion, type Row, rows, type Things } from './row.ts';

const relate = (mutation: string, more: Record<string, unknown>): Row[] =>
  rows(
    [mutation, ''],
    ['open', 'locked'],
    onDiscussion('relate'),
    ({ discussionId }: Things) => ({ discussionId, url: 'https://b.example/x', ...more }),
    (viewer, { discussion }) => mayRelate(viewer, discussion),
  );

export const ROWS: readonly Row[] = [
  ...relate('addRelatedDiscussion', { title: 'Elsewhere' }),
  ...relate('removeRelatedDiscussion', {}),
];
