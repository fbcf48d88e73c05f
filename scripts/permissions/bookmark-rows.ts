import { mayWrite } from '../../src/access/viewer.ts';
import { type Row, rows, type Things } from './row.ts';

const bookmark = (mutation: string): Row[] =>
  rows([mutation, ''], ['open', 'locked'], null, ({ discussionId }: Things) => ({ discussionId }), mayWrite);

export const ROWS: readonly Row[] = [...bookmark('addBookmark'), ...bookmark('removeBookmark')];
