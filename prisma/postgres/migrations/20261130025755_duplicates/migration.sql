-- The original of a duplicate. Takes an ACCESS EXCLUSIVE lock on discussion while the table is read once for the index and
-- once for the foreign key. No row is rewritten.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- AlterTable
ALTER TABLE "discussion" ADD COLUMN     "duplicate_of_id" TEXT COLLATE "C";

-- CreateIndex
CREATE INDEX "discussion_duplicate_of_id_created_at_id_idx" ON "discussion"("duplicate_of_id", "created_at", "id") WHERE (duplicate_of_id IS NOT NULL);

-- AddForeignKey
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_duplicate_of_id_fkey" FOREIGN KEY ("duplicate_of_id") REFERENCES "discussion"("id") ON DELETE SET NULL ON UPDATE CASCADE;
