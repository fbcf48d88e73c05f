-- Bookmarks: the discussions that an author wants to find again. Takes SHARE ROW
-- EXCLUSIVE on author and discussion for a moment, for the foreign keys: writes to them wait, reads do not. The new table
-- is empty. It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- CreateTable
CREATE TABLE "bookmark" (
    "id" TEXT COLLATE "C" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "discussion_id" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "bookmark_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "bookmark_author_id_created_at_id_idx" ON "bookmark"("author_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bookmark_discussion_id_author_id_key" ON "bookmark"("discussion_id", "author_id");

-- AddForeignKey
ALTER TABLE "bookmark" ADD CONSTRAINT "bookmark_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookmark" ADD CONSTRAINT "bookmark_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
