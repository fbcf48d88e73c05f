-- Where each comment is in its thread, so that a whole thread can be read in depth-first order, a page at a time: a key of
-- 13 digits of time (hexadecimal milliseconds from the year 1) and 10 characters of the id for each comment from the top
-- level down (see src/forum/comment/tree-path.ts). Takes the file's write lock while every comment is written again, some
-- seconds for 400,000. It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- AlterTable
ALTER TABLE "comment" ADD COLUMN "tree_path" TEXT NOT NULL DEFAULT '';

-- Backfill
CREATE TEMP TABLE tree (id TEXT NOT NULL PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO tree
WITH RECURSIVE down (id, path) AS (
  SELECT c.id, printf('%013x', c.created_at + 62135596800000) || substr(c.id, 17)
    FROM comment c WHERE c.reply_to_id IS NULL
  UNION ALL
  SELECT c.id, substr(down.path, 1, 2277) || printf('%013x', c.created_at + 62135596800000) || substr(c.id, 17)
    FROM down JOIN comment c ON c.reply_to_id = down.id
)
SELECT id, path FROM down;
UPDATE "comment" SET "tree_path" = tree.path FROM tree WHERE tree.id = comment.id;
DROP TABLE tree;

-- CreateIndex
CREATE INDEX "comment_discussion_id_tree_path_id_idx" ON "comment"("discussion_id", "tree_path", "id");
