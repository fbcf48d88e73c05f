-- Drafts: texts that their authors have not finished, stored so that they follow them between devices. Takes the file's
-- write lock for a moment: the new table is empty and no other table changes. It is one transaction: if it fails, nothing
-- of it remains and the older version continues to work.

-- CreateTable
CREATE TABLE "draft" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "author_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL DEFAULT '',
    "title" TEXT,
    "body" TEXT NOT NULL,
    "category_id" TEXT,
    "product_id" TEXT,
    "tag_ids" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER,
    "saved_at" DATETIME NOT NULL,
    CONSTRAINT "draft_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "draft_author_id_saved_at_id_idx" ON "draft"("author_id", "saved_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "draft_subject_id_kind_author_id_key" ON "draft"("subject_id", "kind", "author_id");
