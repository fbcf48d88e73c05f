import { graphql } from '../../generated/graphql/index.ts';
import type { Visit } from '../../http/visit.ts';

const RecordView = graphql(`
  mutation RecordView($input: RecordDiscussionViewInput!) {
    recordDiscussionView(input: $input) {
      clientMutationId
    }
  }
`);

/** Counts that a person opens a discussion, if the forum counts views. */
export async function recordView(
  visit: Visit,
  { hasViewCounts }: { readonly hasViewCounts: boolean },
  discussionId: string,
): Promise<void> {
  if (hasViewCounts && visit.isPageView) await visit.tell(RecordView, { input: { discussionId } });
}
