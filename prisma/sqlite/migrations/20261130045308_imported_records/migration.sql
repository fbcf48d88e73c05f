-- What `parley import` has stored of an export's records, so that a second import finds the rows, and the addresses that
-- imported discussions had before. Two empty tables: milliseconds under the file's write lock.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- CreateTable
CREATE TABLE "imported_row" (
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,

    PRIMARY KEY ("kind", "key")
);

-- CreateTable
CREATE TABLE "old_address" (
    "path" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "discussion_id" TEXT NOT NULL,

    PRIMARY KEY ("path", "host"),
    CONSTRAINT "old_address_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "old_address_discussion_id_idx" ON "old_address"("discussion_id");
