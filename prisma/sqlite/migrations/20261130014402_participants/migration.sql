-- The authors of a discussion's visible comments, for Discussion.participants. Takes the file's write lock while the index is
-- made, about a second for 400,000 comments. It is one transaction: if it fails, nothing of it remains and the older
-- version continues to work.

-- CreateIndex
CREATE INDEX "comment_discussion_id_author_id_idx" ON "comment"("discussion_id", "author_id") WHERE deleted_at IS NULL AND author_id IS NOT NULL;
