import { stat } from 'node:fs/promises';
import { StartError } from '../../../start-error.ts';
import type { SourceKind } from '../../record-source.ts';
import { openBackup } from './backup.ts';
import { openTopics } from './topics.ts';

/** Discourse: topics from its JSON API, or the tables of its backup. */
export const discourse: SourceKind = {
  description: 'Discourse: a folder of topics as JSON, or the dump.sql of a backup',
  open: async (path, { site }) => {
    if (site === null)
      throw new StartError(
        'Name the forum, such as --site forum.example: its topics had their addresses there.',
      );
    const isFolder = (await stat(path).catch(() => null))?.isDirectory();
    const dump = isFolder ? `${path}/dump.sql` : path;
    const isBackup = dump.endsWith('.sql') && (await stat(dump).catch(() => null)) !== null;
    return isBackup ? openBackup(dump, site) : openTopics(path, site);
  },
};
