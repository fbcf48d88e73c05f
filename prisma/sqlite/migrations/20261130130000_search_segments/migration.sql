-- Why: each commit adds a segment to the indexes of texts, and FTS5 merges four of a size into a larger one. Merging eight at
-- once takes half the time of a new comment's terms; a search reads a few segments more. Locks: the database, for a moment.
-- To recover: set it back to 4.
INSERT INTO "search_discussion_text"("search_discussion_text", "rank") VALUES ('automerge', 8);
INSERT INTO "search_comment_text"("search_comment_text", "rank") VALUES ('automerge', 8);
