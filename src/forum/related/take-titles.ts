import { createHash } from 'node:crypto';
import { advisoryLock, advisoryLocks, type Transaction, type Tx } from '../../store/index.ts';
import { titleKeyOf } from '../../text/slug.ts';

/**
 * Whoever gives a discussion this title, or a link: neither would see what the other is about to commit, and the link
 * would lead elsewhere though its title is discussed here. Take it before links that are there already: whoever has it
 * takes up those of the title.
 */
export function lockTitle(tx: Transaction, titleKey: string): Promise<void> {
  return advisoryLock(tx, turnOf(titleKey));
}

/** The same for all titles that an import gives. As late as can be: others wait until its end. */
export function lockTitles(tx: Tx, titles: readonly string[]): Promise<void> {
  return advisoryLocks(
    tx,
    titles.map((title) => turnOf(titleKeyOf(title))),
  );
}

/** One of 256: a document may name more titles than a server has room for turns. */
const turnOf = (titleKey: string) => `title ${createHash('sha256').update(titleKey).digest()[0]}`;
