import type { Context } from '../../access/context.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { DeleteDraftInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { deleteRows, statement } from '../../store/index.ts';
import type { ChangedDraft, DraftPlace } from './draft-place.ts';

const ownById = statement<DraftPlace>(
  'draft.ownById',
  'SELECT kind, subject_id AS "subjectId" FROM draft WHERE id = ? AND author_id = ?',
);

/** Deletes one of the viewer's drafts. Returns its row id, and its place. */
export async function deleteDraft(ctx: Context, input: DeleteDraftInput): Promise<ChangedDraft> {
  // who
  const { id: authorId } = requireWriter(ctx);
  // input
  const draftId = requiredRowId('Draft', input.draftId, 'input.draftId');

  return write(ctx, 'deleteDraft', input, async (tx) => {
    // load
    const [place] = await tx.all(ownById, [draftId, authorId]);
    // change: of several requests at once, one deletes the row
    if (!place || (await deleteRows(tx, 'draft', { id: draftId })) === 0)
      throw unknownId(input.draftId, 'input.draftId');
    return { draftId, kind: place.kind, subjectId: place.subjectId };
  });
}
