-- The authors of a discussion's visible comments, for Discussion.participants. Holds SHARE on comment while the index is
-- made, about a second for 400,000 comments: writes of comments wait, reads do not. It is one transaction: if it fails,
-- nothing of it remains and the older version continues to work.

-- CreateIndex
CREATE INDEX "comment_discussion_id_author_id_idx" ON "comment"("discussion_id", "author_id") WHERE (deleted_at IS NULL AND author_id IS NOT NULL);
