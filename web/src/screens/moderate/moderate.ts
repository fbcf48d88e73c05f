import type { CloseReason, LockReason } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath } from '../../parts/paths.ts';
import { refusedReason } from './deletion-reason.tsx';
import { CLOSE_REASONS, LOCK_REASONS } from './reasons.ts';
import { showModerate } from './show-moderate.tsx';

const Lock = graphql(`
  mutation LockDiscussion($input: LockDiscussionInput!) {
    lockDiscussion(input: $input) {
      clientMutationId
    }
  }
`);
const Unlock = graphql(`
  mutation UnlockDiscussion($input: UnlockDiscussionInput!) {
    unlockDiscussion(input: $input) {
      clientMutationId
    }
  }
`);
const Close = graphql(`
  mutation CloseDiscussion($input: CloseDiscussionInput!) {
    closeDiscussion(input: $input) {
      clientMutationId
    }
  }
`);
const Reopen = graphql(`
  mutation ReopenDiscussion($input: ReopenDiscussionInput!) {
    reopenDiscussion(input: $input) {
      clientMutationId
    }
  }
`);
const UnmarkDuplicate = graphql(`
  mutation UnmarkDuplicate($input: UnmarkDuplicateInput!) {
    unmarkDuplicate(input: $input) {
      clientMutationId
    }
  }
`);
const Pin = graphql(`
  mutation PinDiscussion($input: PinDiscussionInput!) {
    pinDiscussion(input: $input) {
      clientMutationId
    }
  }
`);
const Unpin = graphql(`
  mutation UnpinDiscussion($input: UnpinDiscussionInput!) {
    unpinDiscussion(input: $input) {
      clientMutationId
    }
  }
`);
const Delete = graphql(`
  mutation DeleteDiscussion($input: DeleteDiscussionInput!) {
    deleteDiscussion(input: $input) {
      deletedDiscussionId
    }
  }
`);
const Restore = graphql(`
  mutation RestoreDiscussion($input: RestoreDiscussionInput!) {
    restoreDiscussion(input: $input) {
      clientMutationId
    }
  }
`);

const Unmerge = graphql(`
  mutation UnmergeDiscussions($input: UnmergeDiscussionsInput!) {
    unmergeDiscussions(input: $input) {
      source {
        slug
      }
    }
  }
`);

/** Does what a menu or a form of the moderators has chosen. */
export async function moderate(visit: Visit): Promise<Answer> {
  const path = discussionPath(visit.params['slug'] ?? '');
  const discussionId = visit.field('discussion');
  const input = { discussionId, idempotencyKey: visit.idempotencyKey };
  const reason = visit.field('reason');
  switch (visit.field('action')) {
    case 'lock':
      await visit.ask(Lock, { input: { ...input, reason: oneOf<LockReason>(LOCK_REASONS, reason) } });
      break;
    case 'unlock':
      await visit.ask(Unlock, { input });
      break;
    case 'close':
      await visit.ask(Close, { input: { ...input, reason: oneOf<CloseReason>(CLOSE_REASONS, reason) } });
      break;
    case 'reopen':
      await visit.ask(Reopen, { input });
      break;
    case 'unmarkDuplicate':
      await visit.ask(UnmarkDuplicate, { input });
      break;
    case 'pin':
      await visit.ask(Pin, { input: { ...input, label: visit.field('label') || null } });
      break;
    case 'unpin':
      await visit.ask(Unpin, { input });
      break;
    case 'delete': {
      const { refusal } = await visit.attempt(Delete, { input: { ...input, reason: reason || null } });
      if (refusal) return showModerate(visit, refusedReason(reason, refusal));
      return redirect(
        `/?${new URLSearchParams({ deleted: discussionId, slug: visit.params['slug'] ?? '' })}`,
      );
    }
    case 'restore':
      await visit.ask(Restore, { input });
      break;
    case 'unmerge': {
      const undo = { sourceId: discussionId, idempotencyKey: visit.idempotencyKey };
      const { source } = (await visit.ask(Unmerge, { input: undo })).unmergeDiscussions;
      return redirect(source ? discussionPath(source.slug) : path);
    }
  }
  return redirect(path);
}

function oneOf<T extends string>(values: readonly T[], value: string): T | null {
  return values.find((one) => one === value) ?? null;
}
