-- One index of a thread by time, with authors and deletions, in place of two: a new comment writes an entry less, and
-- Discussion.participants reads the same rows from it. Holds SHARE on comment while the index is made, about two seconds
-- for 400,000 comments: writes of comments wait. Reads wait for milliseconds, while the old indexes are dropped. It is
-- one transaction: if it fails, nothing of it remains and the older version continues to work, with it as well.

-- CreateIndex
CREATE INDEX "comment_discussion_id_created_at_id_author_id_deleted_at_idx" ON "comment"("discussion_id", "created_at", "id", "author_id", "deleted_at");

-- DropIndex
DROP INDEX "comment_discussion_id_created_at_id_idx";

-- DropIndex
DROP INDEX "comment_discussion_id_author_id_idx";
