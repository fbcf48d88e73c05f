import type { SearchResultFragment } from '../../generated/graphql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, inThread, productPath } from '../../parts/paths.ts';
import { shortened } from '../../parts/shortened.ts';
import { Time } from '../../parts/time.tsx';
import { Bubble } from '../list/discussion-row.tsx';
import { Highlighted } from './highlighted.tsx';

const Result = graphql(`
  fragment SearchResult on SearchResult {
    textMatches {
      property
      fragment
      highlights {
        beginIndice
        endIndice
      }
    }
    subject {
      ... on Discussion {
        __typename
        slug
        title
        excerpt(length: 180)
        createdAt
        commentCount
        isAnswered
        isLocked
        netUpvotes
        author {
          ...AuthorName
        }
        product {
          name
          slug
        }
      }
      ... on Comment {
        __typename
        id
        createdAt
        isAnswer
        netUpvotes
        excerpt: bodyText
        author {
          ...AuthorName
        }
        discussion {
          slug
          title
        }
      }
    }
  }
`);

type Matches = SearchResultFragment['textMatches'];
type Found = SearchResultFragment['subject'];

/** A discussion or a comment that was found, with the words of the query marked. */
export function SearchResult({ result }: { readonly result: FragmentType<typeof Result> }) {
  const { text } = usePage();
  const { subject, textMatches } = readFragment(Result, result);
  const isDiscussion = subject.__typename === 'Discussion';
  return (
    <li class="row">
      <div>
        {isDiscussion ? (
          <Bubble count={subject.commentCount} isAnswered={subject.isAnswered} isLocked={subject.isLocked} />
        ) : (
          <span class="found">
            <Icon name="reply" />
          </span>
        )}
      </div>
      <div>
        <h2 dir="auto">
          <a href={pathOf(subject)}>
            {!isDiscussion && <span class="sr">{text('search.commentOn')} </span>}
            <Title subject={subject} matches={textMatches} />
          </a>
        </h2>
        <Excerpt subject={subject} matches={textMatches} />
        <Facts subject={subject} />
      </div>
    </li>
  );
}

function pathOf(subject: Found): string {
  return subject.__typename === 'Discussion'
    ? discussionPath(subject.slug)
    : inThread(subject.discussion.slug, subject.id);
}

interface PartProps {
  readonly subject: Found;
  readonly matches: Matches;
}

/** The whole title. What matched is an excerpt of it, so its place in the title is looked for. */
function Title({ subject, matches }: PartProps) {
  const title = subject.__typename === 'Discussion' ? subject.title : subject.discussion.title;
  const match = matches.find(({ property }) => property === 'title');
  const start = match ? title.indexOf(match.fragment) : -1;
  const highlights = match && start >= 0 ? match.highlights : [];
  return (
    <Highlighted
      text={title}
      highlights={highlights.map(({ beginIndice, endIndice }) => ({
        beginIndice: beginIndice + start,
        endIndice: endIndice + start,
      }))}
    />
  );
}

/** Where a text without matches ends. */
const UNITS_MAX = 180;
/** How much of what matched is compared with the beginning of the text. */
const COMPARED_UNITS = 40;
const SENTENCE_END = /[.!?…。！？؟]["'”’»)]*$/u;

/** The part of the text that matched, or its beginning if the query contains only qualifiers. */
function Excerpt({ subject, matches }: PartProps) {
  const match = matches.find(({ property }) => property === 'body');
  const { excerpt } = subject;
  const text = match?.fragment ?? shortened(excerpt, UNITS_MAX);
  const isBeginning = !match || excerpt.startsWith(text.slice(0, COMPARED_UNITS));
  const isEnd = !match || excerpt.endsWith(text) || SENTENCE_END.test(text);
  return (
    <p class="row__text row__text--found" dir="auto">
      {!isBeginning && '… '}
      <Highlighted text={text} highlights={match?.highlights ?? []} />
      {!isEnd && ' …'}
    </p>
  );
}

function Facts({ subject }: { readonly subject: Found }) {
  const { text, formats } = usePage();
  const isDiscussion = subject.__typename === 'Discussion';
  const product = isDiscussion ? subject.product : null;
  return (
    <div class="meta">
      {product && (
        <a href={productPath(product.slug)} dir="auto">
          {product.name}
        </a>
      )}
      <PlainAuthor author={subject.author} />
      <span>
        {text(isDiscussion ? 'list.asked' : 'search.commented')} <Time at={subject.createdAt} />
      </span>
      {!isDiscussion && subject.isAnswer && (
        <span class="badge badge--good">
          <Icon name="check" />
          {text('answer.title')}
        </span>
      )}
      <span>
        <span aria-hidden="true">▲ {formats.number(subject.netUpvotes)}</span>
        <span class="sr">{text('vote.net', { count: subject.netUpvotes })}</span>
      </span>
    </div>
  );
}
