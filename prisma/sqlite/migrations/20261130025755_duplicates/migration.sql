-- The original of a duplicate. The column is added in place: Prisma would copy the whole table. Takes the file's write
-- lock for a moment; the index is empty at first.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- AlterTable
ALTER TABLE "discussion" ADD COLUMN "duplicate_of_id" TEXT CONSTRAINT "discussion_duplicate_of_id_fkey" REFERENCES "discussion" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "discussion_duplicate_of_id_created_at_id_idx" ON "discussion"("duplicate_of_id", "created_at", "id") WHERE duplicate_of_id IS NOT NULL;
