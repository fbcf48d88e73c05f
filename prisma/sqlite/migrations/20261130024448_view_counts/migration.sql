-- How often each discussion was viewed, for Discussion.viewCount. A new, empty table: it takes milliseconds and locks the
-- table of discussions for no longer. It is one transaction: if it fails, nothing of it remains and the older version
-- continues to work.

-- CreateTable
CREATE TABLE "discussion_view_count" (
    "discussion_id" TEXT NOT NULL PRIMARY KEY,
    "view_count" INTEGER NOT NULL,
    CONSTRAINT "discussion_view_count_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
