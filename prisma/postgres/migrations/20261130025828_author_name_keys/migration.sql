-- The beginnings by which authors are found (Query.authors): of their handle and of each word of their name. Handles and
-- names are transliterated by the program, so SQL cannot make the rows: the next start of the server adds those that are
-- missing, and `parley doctor --fix` those that an older version, running at the same time, has left out of date.
-- An empty table, whose foreign key takes a SHARE ROW EXCLUSIVE lock of author for milliseconds. It is one transaction: if
-- it fails, nothing of it remains and the older version continues to work.

-- CreateTable
CREATE TABLE "author_name_key" (
    "id" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "author_name_key_pkey" PRIMARY KEY ("key","id")
);

-- CreateIndex
CREATE INDEX "author_name_key_id_key_idx" ON "author_name_key"("id", "key");

-- AddForeignKey
ALTER TABLE "author_name_key" ADD CONSTRAINT "author_name_key_id_fkey" FOREIGN KEY ("id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;
