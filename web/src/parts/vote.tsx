import { type FragmentType, graphql, readFragment } from '../generated/graphql/index.ts';
import { translateSentence } from '../language/api-sentences.ts';
import { PAGE_FORM } from './form.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';
import { refusalOf } from './permission.ts';

const Votes = graphql(`
  fragment Votes on Votable {
    id
    netUpvotes
    viewerVote
    viewerCan {
      vote {
        isAllowed
        code
        message
      }
    }
  }
`);

interface VoteProps {
  readonly subject: FragmentType<typeof Votes>;
  /** What is voted on, for the names of the buttons. */
  readonly of: string;
  /** Why guests cannot vote, even after signing in. */
  readonly lockReason: string | null;
}

/**
 * Up and down, of the page's form. The button of the present vote takes it back. Buttons that are off can still be
 * focused and pressed: the script then shows why, and without it the page that refuses the vote does. Guests could only
 * sign in.
 */
export function Vote({ subject, of, lockReason }: VoteProps) {
  const { text, formats, language } = usePage();
  const { id, netUpvotes, viewerVote, viewerCan } = readFragment(Votes, subject);
  const refusal = refusalOf(viewerCan.vote, lockReason);
  const reason = refusal?.isOwn
    ? refusal.message
    : refusal && (translateSentence(language, refusal.message) ?? refusal.message);
  const button = (direction: 'UP' | 'DOWN') => (
    <button
      form={PAGE_FORM}
      name={viewerVote === direction ? 'NONE' : direction}
      value={id}
      aria-pressed={viewerVote === direction ? 'true' : 'false'}
      aria-label={text(direction === 'UP' ? 'vote.up' : 'vote.down', { of })}
      type={refusal?.isOwn ? 'button' : undefined}
      aria-disabled={reason ? 'true' : undefined}
      title={reason || undefined}
    >
      <Icon name={direction === 'UP' ? 'up' : 'down'} />
    </button>
  );
  return (
    <div class="vote">
      {button('UP')}
      <output aria-label={text('vote.net', { count: netUpvotes })}>{formats.number(netUpvotes)}</output>
      {button('DOWN')}
    </div>
  );
}
