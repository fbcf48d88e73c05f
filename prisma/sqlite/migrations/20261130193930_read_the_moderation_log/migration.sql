-- Discussion.moderationEvents shows a discussion's moderation log in the order of time: its index has the time now. Holds
-- the file's write lock while it reads moderation_event: its rows are what moderators did, so this takes milliseconds. It
-- is one transaction: if it fails, nothing of it is kept and the older version goes on.

-- DropIndex
DROP INDEX "moderation_event_discussion_id_id_idx";

-- CreateIndex
CREATE INDEX "moderation_event_discussion_id_created_at_id_idx" ON "moderation_event"("discussion_id", "created_at", "id");
