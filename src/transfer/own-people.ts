import { type Database, statement } from '../store/index.ts';

// a person who was here before, and whom an import has found, has the revision 0
const ownPeople = statement<{ id: string }>(
  'transfer.ownPeople',
  `SELECT t.id FROM author t
    EXCEPT SELECT i.row_id FROM imported_row i WHERE i.kind = 'author' AND i.revision > 0 LIMIT 1`,
  { table: 'author' },
  { table: 'imported_row' },
);

/** Whether anybody is in this forum whom no import of an export has added. */
export async function hasOwnPeople(db: Database): Promise<boolean> {
  return (await db.read.all(ownPeople, [])).length > 0;
}
