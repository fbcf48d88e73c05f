-- Merged and split discussions. Takes an ACCESS EXCLUSIVE lock on discussion while the table is read once for each of the
-- two indexes and foreign keys. No row is rewritten.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- AlterEnum
ALTER TYPE "ModerationAction" ADD VALUE 'MERGE_DISCUSSION';
ALTER TYPE "ModerationAction" ADD VALUE 'UNMERGE_DISCUSSION';
ALTER TYPE "ModerationAction" ADD VALUE 'SPLIT_DISCUSSION';

-- AlterTable
ALTER TABLE "discussion" ADD COLUMN     "merged_at" TIMESTAMP(3),
ADD COLUMN     "merged_comment_id" TEXT COLLATE "C",
ADD COLUMN     "merged_into_id" TEXT COLLATE "C",
ADD COLUMN     "split_from_id" TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "discussion_merge" (
    "source_id" TEXT COLLATE "C" NOT NULL,
    "destination_id" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "answer_id" TEXT COLLATE "C",
    "answered_at" TIMESTAMP(3),
    "answered_by_id" TEXT COLLATE "C",
    "answer_revision" INTEGER,

    CONSTRAINT "discussion_merge_pkey" PRIMARY KEY ("source_id")
);

-- CreateTable
CREATE TABLE "merged_row" (
    "source_id" TEXT COLLATE "C" NOT NULL,
    "row_id" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "merged_row_pkey" PRIMARY KEY ("source_id","row_id")
);

-- CreateIndex
CREATE INDEX "discussion_merge_destination_id_idx" ON "discussion_merge"("destination_id");

-- CreateIndex
CREATE INDEX "discussion_merged_into_id_created_at_id_idx" ON "discussion"("merged_into_id", "created_at", "id") WHERE (merged_into_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "discussion_split_from_id_created_at_id_idx" ON "discussion"("split_from_id", "created_at", "id") WHERE (split_from_id IS NOT NULL);

-- AddForeignKey
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "discussion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_split_from_id_fkey" FOREIGN KEY ("split_from_id") REFERENCES "discussion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_merge" ADD CONSTRAINT "discussion_merge_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "discussion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_merge" ADD CONSTRAINT "discussion_merge_destination_id_fkey" FOREIGN KEY ("destination_id") REFERENCES "discussion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merged_row" ADD CONSTRAINT "merged_row_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "discussion_merge"("source_id") ON DELETE CASCADE ON UPDATE CASCADE;
