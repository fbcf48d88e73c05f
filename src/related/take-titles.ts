import { createHash } from 'node:crypto';
import { type Transaction, type Tx, takeTurn, takeTurns } from '../kit/db/index.ts';
import { titleKeyOf } from '../kit/slug.ts';

/**
 * Whoever gives a discussion this title, or a link: neither would see what the other is about to commit, and the link
 * would lead elsewhere though its title is discussed here. Take it before links that are there already: whoever has it
 * takes up those of the title.
 */
export function takeTitle(tx: Transaction, titleKey: string): Promise<void> {
  return takeTurn(tx, turnOf(titleKey));
}

/** The same for all titles that an import gives. As late as can be: others wait until its end. */
export function takeTitles(tx: Tx, titles: readonly string[]): Promise<void> {
  return takeTurns(
    tx,
    titles.map((title) => turnOf(titleKeyOf(title))),
  );
}

/** One of 256: a document may name more titles than a server has room for turns. */
const turnOf = (titleKey: string) => `title ${createHash('sha256').update(titleKey).digest()[0]}`;
