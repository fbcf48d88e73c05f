// Keeps the index up to date in the transaction that writes a text.
import type { Transaction } from '../../store/index.ts';
import { renderMarkdown } from '../../text/markdown.ts';
import { commentRedacted, commentWritten } from '../comment/index.ts';
import { discussionDeletedOrRestored, discussionRedacted, discussionWritten } from '../discussion/index.ts';
import { numberOf } from './entries.ts';
import { addGrams, removeGrams } from './index-grams.ts';
import { indexComment, indexDiscussion } from './index-texts.ts';
import { forgetWords } from './index-words.ts';

discussionWritten.listen(indexDiscussion);
commentWritten.listen(indexComment);
discussionDeletedOrRestored.listen(async (tx, discussion) => {
  const n = await numberOf(tx, discussion.id);
  if (n === null) return;
  await removeGrams(tx, n, discussion.title);
  await addGrams(tx, n, discussion);
});
discussionRedacted.listen((tx, { title, body }) => forgetTexts(tx, [title, body]));
commentRedacted.listen((tx, { body }) => forgetTexts(tx, [body]));

/**
 * The texts left the index when they were replaced, but their words may be nowhere else. Words come from the plain text,
 * which has others than the Markdown: `pass**word**` is one.
 */
async function forgetTexts(tx: Transaction, texts: readonly string[]): Promise<void> {
  for (const text of texts) await forgetWords(tx, `${text}\n${renderMarkdown(text).text}`);
}
