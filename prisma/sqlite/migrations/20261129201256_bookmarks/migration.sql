-- Bookmarks: the discussions that an author wants to find again. Takes the file's
-- write lock for a moment: the new table is empty and no other table changes. It is one transaction: if it fails, nothing
-- of it remains and the older version continues to work.

-- CreateTable
CREATE TABLE "bookmark" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "author_id" TEXT NOT NULL,
    "discussion_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "bookmark_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "bookmark_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "bookmark_author_id_created_at_id_idx" ON "bookmark"("author_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bookmark_discussion_id_author_id_key" ON "bookmark"("discussion_id", "author_id");
