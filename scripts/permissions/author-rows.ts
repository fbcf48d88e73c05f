import { maySetRole, mayUpdateAuthor } from '../../src/forum/author/author-rules.ts';
import { type Row, rows } from './row.ts';

export const ROWS: readonly Row[] = [
  ...rows(
    ['updateAuthor', 'of the author'],
    ['open'],
    null,
    ({ authorId }) => ({ authorId, jobTitle: 'Another' }),
    (viewer, { comment }) => mayUpdateAuthor(viewer, { id: comment.authorId, role: 'MEMBER' }),
  ),
  ...rows(
    ['setAuthorRole', 'of the author'],
    ['open'],
    null,
    ({ authorId }) => ({ authorId, role: 'MEMBER' }),
    (viewer) => maySetRole(viewer),
  ),
];
