import { type FragmentType, graphql, readFragment } from '../generated/graphql/index.ts';
import { translateSentence } from '../language/api-sentences.ts';
import { PAGE_FORM } from './form.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

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
}

/** Up and down, of the page's form. The button of the present vote takes it back. */
export function Vote({ subject, of }: VoteProps) {
  const { text, formats, language } = usePage();
  const { id, netUpvotes, viewerVote, viewerCan } = readFragment(Votes, subject);
  const { isAllowed, code, message } = viewerCan.vote;
  // guests may try: they are asked to sign in, and then the vote is set
  const isOff = !isAllowed && code !== 'UNAUTHENTICATED';
  const reason = isOff && message ? (translateSentence(language, message) ?? message) : undefined;
  const button = (direction: 'UP' | 'DOWN') => (
    <button
      form={PAGE_FORM}
      name={viewerVote === direction ? 'NONE' : direction}
      value={id}
      aria-pressed={viewerVote === direction ? 'true' : 'false'}
      aria-label={text(direction === 'UP' ? 'vote.up' : 'vote.down', { of })}
      disabled={isOff}
      title={reason}
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
