import path from 'node:path';
import { StartError } from '../../../start-error.ts';
import type { SourceItem, SourceKind } from '../../record-source.ts';
import { RECORDS_VERSION } from '../../records.ts';
import { type OnBytes, ofRecords, recordAt, sourceOf } from '../reading.ts';
import { indexHistory } from './history.ts';
import { readLinks } from './links.ts';
import { readAnswers, readComments, readQuestions } from './posts.ts';
import { bytesToRead, type Dump, fileOf, sizesOf, surveyDump } from './survey.ts';
import { readUsers } from './users.ts';

/** The name of a folder that is a site's host, such as "cooking.stackexchange.com". */
const HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)+$/i;

/**
 * Stack Exchange's data dump: a folder with the XML files of one site. Questions become discussions, answers comments at
 * the top level, and comments replies to their answer, or comments at the top level if they are on the question.
 */
export const stackExchange: SourceKind = {
  description: "a folder with the XML files of Stack Exchange's data dump of one site",
  async open(folder, options) {
    const sizes = await sizesOf(folder);
    if (!sizes.has('Posts'))
      throw new StartError(`${folder} has no Posts.xml: it is no dump of Stack Exchange.`);
    const name = path.basename(path.resolve(folder));
    const site = options.site ?? (HOST.test(name) ? name.toLowerCase() : null);
    if (site === null)
      throw new StartError(
        '--site HOST is missing: the host of the site, such as cooking.stackexchange.com.',
      );
    const dump = { folder, site, sizes };
    return sourceOf(folder, bytesToRead(dump), (onBytes) => readDump(dump, onBytes));
  },
};

async function* readDump(dump: Dump, onBytes: OnBytes): AsyncGenerator<SourceItem> {
  yield recordAt({ file: fileOf(dump, 'Posts') }, { type: 'forum', version: RECORDS_VERSION });
  const survey = await surveyDump(dump, onBytes);
  const history = await indexHistory(dump, onBytes);
  try {
    const reading = { dump, survey, history, onBytes: ofRecords(onBytes) };
    yield* readUsers(reading);
    const titles = new Map(survey.links.map(({ to }) => [to, '']));
    yield* readQuestions(reading, titles);
    yield* readAnswers(reading);
    yield* readComments(reading);
    yield* readLinks(reading, titles);
  } finally {
    await history?.close();
  }
}
