-- Merged and split discussions. The columns are added in place: Prisma would copy the whole table. Takes the file's write
-- lock for a moment; the tables and indexes are empty at first.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- CreateTable
CREATE TABLE "discussion_merge" (
    "source_id" TEXT NOT NULL PRIMARY KEY,
    "destination_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "answer_id" TEXT,
    "answered_at" DATETIME,
    "answered_by_id" TEXT,
    "answer_revision" INTEGER,
    CONSTRAINT "discussion_merge_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "discussion_merge_destination_id_fkey" FOREIGN KEY ("destination_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "merged_row" (
    "source_id" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,

    PRIMARY KEY ("source_id", "row_id"),
    CONSTRAINT "merged_row_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "discussion_merge" ("source_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "discussion_merge_destination_id_idx" ON "discussion_merge"("destination_id");

-- AlterTable
ALTER TABLE "discussion" ADD COLUMN "merged_into_id" TEXT CONSTRAINT "discussion_merged_into_id_fkey" REFERENCES "discussion" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "discussion" ADD COLUMN "merged_comment_id" TEXT;
ALTER TABLE "discussion" ADD COLUMN "merged_at" DATETIME;
ALTER TABLE "discussion" ADD COLUMN "split_from_id" TEXT CONSTRAINT "discussion_split_from_id_fkey" REFERENCES "discussion" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "discussion_merged_into_id_created_at_id_idx" ON "discussion"("merged_into_id", "created_at", "id") WHERE merged_into_id IS NOT NULL;

-- CreateIndex
CREATE INDEX "discussion_split_from_id_created_at_id_idx" ON "discussion"("split_from_id", "created_at", "id") WHERE split_from_id IS NOT NULL;
