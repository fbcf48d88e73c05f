-- Deleted discussions and comments for the trash (Viewer.deletedDiscussions, Viewer.deletedComments): indexes of deleted
-- rows alone. Holds SHARE on comment and discussion while they are made, about a second for 400,000 comments: writes of
-- both wait, reads do not. It is one transaction: if it fails, nothing of it remains and the older version continues to
-- work.

-- CreateIndex
CREATE INDEX "comment_deleted_at_id_idx" ON "comment"("deleted_at", "id") WHERE (deleted_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "comment_author_id_deleted_at_id_idx" ON "comment"("author_id", "deleted_at", "id") WHERE (deleted_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "discussion_deleted_at_id_idx" ON "discussion"("deleted_at", "id") WHERE (deleted_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "discussion_author_id_deleted_at_id_idx" ON "discussion"("author_id", "deleted_at", "id") WHERE (deleted_at IS NOT NULL);
