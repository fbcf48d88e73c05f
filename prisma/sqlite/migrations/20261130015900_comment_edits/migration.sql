-- When the comments of a discussion were last edited, for the times in sitemaps. Takes the file's
-- write lock while it reads all comments once.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- CreateIndex
CREATE INDEX "comment_discussion_id_last_edited_at_idx" ON "comment"("discussion_id", "last_edited_at") WHERE last_edited_at IS NOT NULL;
