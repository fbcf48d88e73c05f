import { diffLines, diffWordsWithSpace } from 'diff';
import { usePage } from '../../parts/page-context.ts';
import { Diff, type Part } from './revision.tsx';

/** A text that was saved since a form was opened, and the one that is in the form. */
export interface Versions {
  readonly theirs: string;
  readonly mine: string;
}

interface ConflictProps {
  /** Null for a text without a title, and if both are the same. */
  readonly title: Versions | null;
  readonly body: Versions;
  /** What else was changed since the form was opened, as it is now. */
  readonly others: readonly { readonly label: string; readonly value: string }[];
  /** The address of the history. */
  readonly history: string;
}

/** What saving again would change in what somebody else has saved. The history opens beside the form, whose text stays. */
export function ConflictNote({ title, body, others, history }: ConflictProps) {
  const { text } = usePage();
  return (
    <section class="conflict" aria-labelledby="conflict">
      <h2 id="conflict">{text('conflict.title')}</h2>
      <p class="hint">{text('conflict.text')}</p>
      {title && (
        <div class="diff__title">
          <Diff parts={differenceOf(title)} />
        </div>
      )}
      <Diff parts={differenceOf(body)} />
      {others.length > 0 && (
        <>
          <p>{text('conflict.others')}</p>
          <ul>
            {others.map(({ label, value }) => (
              <li key={label}>
                {label}: <bdi>{value || text('ask.none')}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <a href={history} target="_blank" rel="noopener">
        {text('menu.history')} <span class="sr">{text('ask.newTab')}</span>
      </a>
    </section>
  );
}

/**
 * How much two texts may differ: both are the client's, and they are compared on the server's event loop. Beyond it, lines
 * are compared in place of words, or nothing is. The longest texts take about 20 ms.
 */
const LIMITS = { maxEditLength: 150 };
/** Longer texts are not split into words. */
const WORDS_CHARS_MAX = 20_000;

function differenceOf(versions: Versions): readonly Part[] {
  // forms send line breaks as CRLF
  const [theirs = '', mine = ''] = [versions.theirs, versions.mine].map((one) =>
    one.replaceAll('\r\n', '\n'),
  );
  const isLong = Math.max(theirs.length, mine.length) > WORDS_CHARS_MAX;
  const words = isLong ? undefined : diffWordsWithSpace(theirs, mine, LIMITS);
  const changes = words ?? diffLines(theirs, mine, LIMITS);
  if (!changes)
    return [
      { kind: 'REMOVED', text: theirs },
      { kind: 'ADDED', text: mine },
    ];
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'ADDED' : removed ? 'REMOVED' : 'SAME',
    text: value,
  }));
}
