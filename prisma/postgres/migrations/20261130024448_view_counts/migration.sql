-- How often each discussion was viewed, for Discussion.viewCount. A new, empty table: it takes milliseconds and locks the
-- table of discussions for no longer. It is one transaction: if it fails, nothing of it remains and the older version
-- continues to work.

-- CreateTable
CREATE TABLE "discussion_view_count" (
    "discussion_id" TEXT COLLATE "C" NOT NULL,
    "view_count" INTEGER NOT NULL,

    CONSTRAINT "discussion_view_count_pkey" PRIMARY KEY ("discussion_id")
);

-- AddForeignKey
ALTER TABLE "discussion_view_count" ADD CONSTRAINT "discussion_view_count_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
