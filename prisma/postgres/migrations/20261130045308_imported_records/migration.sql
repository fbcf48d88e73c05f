-- What `parley import` has stored of an export's records, so that a second import finds the rows, and the addresses that
-- imported discussions had before. Two empty tables: milliseconds; adding the foreign key locks discussion against writes for that long.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- CreateTable
CREATE TABLE "imported_row" (
    "kind" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "row_id" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "imported_row_pkey" PRIMARY KEY ("kind","key")
);

-- CreateTable
CREATE TABLE "old_address" (
    "path" TEXT COLLATE "C" NOT NULL,
    "host" TEXT COLLATE "C" NOT NULL,
    "discussion_id" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "old_address_pkey" PRIMARY KEY ("path","host")
);

-- CreateIndex
CREATE INDEX "old_address_discussion_id_idx" ON "old_address"("discussion_id");

-- AddForeignKey
ALTER TABLE "old_address" ADD CONSTRAINT "old_address_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
