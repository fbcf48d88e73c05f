// A process of its own that writes: `tsx writing-process.ts URL rows PREFIX`, `… URL increments COUNT`, or
// `… URL migrate FOLDER`. Says on standard output what has been acknowledged, a line each.
import { writeSync } from 'node:fs';
import { migrate, openDatabase } from '../../src/store/index.ts';

const [url = '', task, detail = ''] = process.argv.slice(2);
/** At once, past any buffer that a killed process would take with it. */
const say = (line: string) => writeSync(1, `${line}\n`);

if (task === 'migrate') {
  say((await migrate(url, detail)).join(' ') || 'nothing');
} else {
  const db = await openDatabase(url);
  if (task === 'rows') {
    let written = 0;
    const writeOn = async (): Promise<void> => {
      const id = `${detail}${String(++written).padStart(26 - detail.length, '0')}`;
      await db.write((tx) => tx.author.create({ data: { id, createdAt: new Date(0) } }));
      say(id);
      return writeOn();
    };
    await Promise.all(Array.from({ length: 16 }, writeOn));
  } else {
    for (let i = 0; i < Number(detail); i++) {
      await db.write(async (tx) => {
        const { name } = await tx.product.findUniqueOrThrow({ where: { id: 'counter' } });
        await tx.product.update({ where: { id: 'counter' }, data: { name: String(Number(name) + 1) } });
      });
    }
    say('done');
    await db.close();
  }
}
