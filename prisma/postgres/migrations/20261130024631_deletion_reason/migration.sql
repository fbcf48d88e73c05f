-- Why something was deleted, for those who may restore it (DeletedDiscussion.deletionReason, DeletedComment.deletionReason).
-- Nullable columns without a default are added to the catalog alone: an exclusive lock of both tables for milliseconds. It
-- is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- AlterTable
ALTER TABLE "comment" ADD COLUMN     "deletion_reason" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "discussion" ADD COLUMN     "deletion_reason" TEXT COLLATE "C";
