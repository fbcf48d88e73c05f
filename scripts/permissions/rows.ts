import { forumModules } from '../../src/forum/index.ts';
import type { Row } from './row.ts';

/** What a module's mutations are tried with: the ROWS of its file here, such as comment-rows.ts. */
async function rowsOf(module: string): Promise<readonly Row[]> {
  const { ROWS } = (await import(`./${module}-rows.ts`)) as { readonly ROWS: readonly Row[] };
  return ROWS;
}

/** Everything that is tried. */
export const ROWS: readonly Row[] = (await Promise.all(forumModules.map(({ name }) => rowsOf(name)))).flat();
