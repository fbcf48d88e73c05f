-- The beginnings by which authors are found (Query.authors): of their handle and of each word of their name. Handles and
-- names are transliterated by the program, so SQL cannot make the rows: the next start of the server adds those that are
-- missing, and `parley doctor --fix` those that an older version, running at the same time, has left out of date.
-- An empty table: milliseconds under the file's write lock. It is one transaction: if it fails, nothing of it remains and
-- the older version continues to work.

-- CreateTable
CREATE TABLE "author_name_key" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    PRIMARY KEY ("key", "id"),
    CONSTRAINT "author_name_key_id_fkey" FOREIGN KEY ("id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "author_name_key_id_key_idx" ON "author_name_key"("id", "key");
