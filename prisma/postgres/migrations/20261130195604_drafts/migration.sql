-- Drafts: texts that their authors have not finished, stored so that they follow them between devices. Takes SHARE ROW
-- EXCLUSIVE on author for a moment, for the foreign key: writes to it wait, reads do not. The new table is empty. It is one
-- transaction: if it fails, nothing of it remains and the older version continues to work.

-- CreateEnum
CREATE TYPE "DraftKind" AS ENUM ('DISCUSSION', 'COMMENT', 'REPLY', 'DISCUSSION_EDIT', 'COMMENT_EDIT');

-- CreateTable
CREATE TABLE "draft" (
    "id" TEXT COLLATE "C" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "kind" "DraftKind" NOT NULL,
    "subject_id" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "title" TEXT COLLATE "C",
    "body" TEXT COLLATE "C" NOT NULL,
    "category_id" TEXT COLLATE "C",
    "product_id" TEXT COLLATE "C",
    "tag_ids" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "revision" INTEGER,
    "saved_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "draft_author_id_saved_at_id_idx" ON "draft"("author_id", "saved_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "draft_subject_id_kind_author_id_key" ON "draft"("subject_id", "kind", "author_id");

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;
