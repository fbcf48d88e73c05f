import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, inThread } from '../../parts/paths.ts';
import { Deletion, Restore } from './deletion.tsx';

const TombstoneFields = graphql(`
  fragment Tombstone on DeletedComment {
    deletedAt
    deletionReason
    deletedBy {
      ...AuthorName
    }
  }
`);

interface TombstoneProps {
  readonly id: string;
  readonly slug: string;
  /** Null for those who cannot restore it. */
  readonly deleted: FragmentType<typeof TombstoneFields> | null;
}

/** Above a deleted comment whose replies are still shown. */
export function Tombstone({ id, slug, deleted }: TombstoneProps) {
  const { text } = usePage();
  const deletion = readFragment(TombstoneFields, deleted);
  return (
    <div class="note">
      <p role="status">
        {text('gone.tombstone')} <a href={discussionPath(slug)}>{text('gone.toDiscussion')}</a>
      </p>
      {deletion && (
        <>
          <Deletion {...deletion} />
          <Restore action={`/comments/${id}/restore`} fields={{ return: inThread(slug, id) }} />
        </>
      )}
    </div>
  );
}
