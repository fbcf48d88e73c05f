-- Where each comment is in its thread, so that a whole thread can be read in depth-first order, a page at a time: a key of
-- 13 digits of time (hexadecimal milliseconds from the year 1) and 10 characters of the id for each comment from the top
-- level down (see src/forum/comment/tree-path.ts). Holds ACCESS EXCLUSIVE on comment while every comment is written again,
-- some seconds for 400,000: nobody reads or writes comments meanwhile. It is one transaction: if it fails, nothing of it
-- remains and the older version continues to work. Comments that an older version adds beside a newer one have no path
-- until the doctor has mended them (npm run doctor -- --fix).

-- AlterTable
ALTER TABLE "comment" ADD COLUMN     "tree_path" TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Backfill
WITH RECURSIVE keyed AS (
  SELECT id, reply_to_id,
    lpad(to_hex((extract(epoch FROM created_at) * 1000)::bigint + 62135596800000), 13, '0') || substr(id, 17) AS key
    FROM comment
), down (id, path) AS (
  SELECT id, key FROM keyed WHERE reply_to_id IS NULL
  UNION ALL
  SELECT keyed.id, substr(down.path, 1, 2277) || keyed.key FROM down JOIN keyed ON keyed.reply_to_id = down.id
)
UPDATE comment SET tree_path = down.path FROM down WHERE down.id = comment.id;

-- CreateIndex
CREATE INDEX "comment_discussion_id_tree_path_id_idx" ON "comment"("discussion_id", "tree_path", "id");
