-- Discussion.moderationEvents shows a discussion's moderation log in the order of time: its index has the time now. Each
-- event of a merge, its undo and a split says whether its discussion is the source. Locks moderation_event while the index
-- is made and the events are filled in: its rows are what moderators did, so this takes milliseconds. It is one
-- transaction: if it fails, nothing of it is kept and the older version goes on.

-- DropIndex
DROP INDEX "moderation_event_discussion_id_id_idx";

-- CreateIndex
CREATE INDEX "moderation_event_discussion_id_created_at_id_idx" ON "moderation_event"("discussion_id", "created_at", "id");

-- AlterTable
ALTER TABLE "moderation_event" ADD COLUMN     "is_source" BOOLEAN;

-- Backfill
-- the new discussion of a split says which one it was split from
UPDATE moderation_event SET is_source = EXISTS (SELECT 1 FROM discussion d
  WHERE d.id = moderation_event.detail AND d.split_from_id = moderation_event.discussion_id)
  WHERE action = 'SPLIT_DISCUSSION';
-- the question is a comment of the destination
UPDATE moderation_event SET is_source = (comment_id IS NULL) WHERE action = 'MERGE_DISCUSSION';
-- the sides of an undo are those of the last merge of the same two discussions before it
UPDATE moderation_event SET is_source = (SELECT m.is_source FROM moderation_event m
  WHERE m.discussion_id = moderation_event.discussion_id AND m.detail = moderation_event.detail
    AND m.action = 'MERGE_DISCUSSION' AND m.created_at <= moderation_event.created_at
  ORDER BY m.created_at DESC, m.id DESC LIMIT 1)
  WHERE action = 'UNMERGE_DISCUSSION';
