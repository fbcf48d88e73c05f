-- Why something was deleted, for those who may restore it (DeletedDiscussion.deletionReason, DeletedComment.deletionReason).
-- Both columns are added to the tables' definitions alone: milliseconds under the file's write lock. It is one transaction:
-- if it fails, nothing of it remains and the older version continues to work.

-- AlterTable
ALTER TABLE "comment" ADD COLUMN "deletion_reason" TEXT;

-- AlterTable
ALTER TABLE "discussion" ADD COLUMN "deletion_reason" TEXT;
