// Who gets the role that an export says.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { insertRow } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { exported, imported, linesOf, recordsIn } from './transfers.ts';

const person = (name: string, more: object = {}) => ({
  ...{ type: 'author', key: `old:${name}`, name, role: 'MODERATOR', ...more },
});
const rolesIn = async (url: string) =>
  recordsIn(await exported(url)).flatMap(({ type, name, role }) =>
    type === 'author' ? [`${name} ${role ?? 'MEMBER'}`] : [],
  );

describe.each(engines)('on %s', (engine) => {
  let target: TestDatabase;
  beforeEach(async () => {
    target = await openTestDatabase(engine);
  });
  afterEach(() => target.close());

  test('an import that goes on, or a second file, gives roles as the first one did', async () => {
    await imported(target.db, linesOf([person('Ada')]));
    await imported(target.db, linesOf([person('Ada'), person('Ben')]));
    expect(await rolesIn(target.url)).toEqual(['Ada MODERATOR', 'Ben MODERATOR']);
  });

  test('a person who was here before, and whom an import has found, is no imported one', async () => {
    const createdAt = new Date();
    await target.db.transaction((tx) =>
      insertRow(tx, 'author', {
        ...{ id: newId(createdAt), name: 'Mod', handle: 'mod', externalId: 'sso:1', createdAt },
      }),
    );
    const found = person('Mod', { externalId: 'sso:1' });
    await imported(target.db, linesOf([found]));
    await imported(target.db, linesOf([found, person('Ben')]));
    expect((await rolesIn(target.url)).sort()).toEqual(['Ben MEMBER', 'Mod MEMBER']);
  });
});
