// Keeps the index up to date in the transaction that writes a text.
import { commentRedacted, commentRemoved, commentWritten } from '../comment/index.ts';
import { discussionRedacted, discussionWritten } from '../discussion/index.ts';
import { indexComment, indexDiscussion, removeComment } from './index-texts.ts';
import { forgetWords } from './index-words.ts';

discussionWritten.listen(indexDiscussion);
commentWritten.listen(indexComment);
commentRemoved.listen(removeComment);
// the texts left the index when they were replaced; their words may be nowhere else
discussionRedacted.listen((tx, { title, body }) => forgetWords(tx, `${title}\n${body}`));
commentRedacted.listen((tx, { body }) => forgetWords(tx, body));
