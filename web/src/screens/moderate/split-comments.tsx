import type { ComponentChild } from 'preact';
import type { SplitCommentFragment } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { nameOf } from '../../parts/author.tsx';
import { usePage } from '../../parts/page-context.ts';
import { shortened } from '../../parts/shortened.ts';
import { Time } from '../../parts/time.tsx';

export const SplitComment = graphql(`
  fragment SplitComment on Comment {
    id
    depth
    isDeleted
    bodyText
    createdAt
    author {
      ...AuthorName
    }
  }
`);

/** The style sheet shows two lines. */
const UNITS_MAX = 300;
/** Deeper comments are not indented further. */
const DEPTH_MAX = 4;

/** What a chosen comment sends: when it was written, so that a form with several pages needs no look-up to sort them. */
const boxValue = ({ createdAt, depth, id }: SplitCommentFragment) => `${createdAt} ${depth} ${id}`;

/** The ids of the chosen comments, the earliest first: it becomes the question, and it is not below another one. */
export function readChosen(form: URLSearchParams): string[] {
  const chosen = [...new Set(form.getAll('comments'))].map((value) => {
    const [createdAt = '', depth = '', id = ''] = value.split(' ');
    return { at: Date.parse(createdAt), depth: Number(depth), id };
  });
  chosen.sort((a, b) => a.at - b.at || a.depth - b.depth);
  return chosen.map(({ id }) => id);
}

interface CommentsProps {
  readonly legend: string;
  readonly comments: readonly SplitCommentFragment[];
  readonly chosen: readonly string[];
  readonly problem?: ComponentChild;
  /** Whether replies are indented below the comments to which they reply. */
  readonly isTree?: boolean;
}

/** Comments, each with a box to choose it. */
export function SplitComments({ legend, comments, chosen, problem, isTree = false }: CommentsProps) {
  return (
    <fieldset class="splits" aria-describedby={problem ? 'comments-problem' : undefined}>
      <legend>{legend}</legend>
      {problem && (
        <p class="problem" id="comments-problem">
          {problem}
        </p>
      )}
      <ul role="list">
        {comments.map((comment) => (
          <li
            key={comment.id}
            class={isTree ? `split split--${Math.min(comment.depth, DEPTH_MAX)}` : 'split'}
          >
            <Comment comment={comment} isChosen={chosen.includes(comment.id)} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface CommentProps {
  readonly comment: SplitCommentFragment;
  readonly isChosen: boolean;
}

function Comment({ comment, isChosen }: CommentProps) {
  const { text } = usePage();
  if (comment.isDeleted) return <p class="split__gone">{text('comment.deleted')}</p>;
  return (
    <label>
      <input type="checkbox" name="comments" value={boxValue(comment)} checked={isChosen} />
      <span>
        <span class="split__who">
          <b dir="auto">{nameOf(text, comment.author)}</b> <Time at={comment.createdAt} />
        </span>
        <span class="split__text" dir="auto">
          {shortened(comment.bodyText, UNITS_MAX)}
        </span>
      </span>
    </label>
  );
}
