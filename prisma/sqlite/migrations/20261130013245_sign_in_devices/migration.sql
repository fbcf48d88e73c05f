-- Why: a device that has signed in before keeps an allowance of its own for wrong passwords, wherever it is.
-- Locks: the write lock for milliseconds. The table is new and empty.
-- Recovery: it is one transaction; if it fails, nothing has changed and the next start runs it again.
-- CreateTable
CREATE TABLE "sign_in_device" (
    "author_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" DATETIME NOT NULL,

    PRIMARY KEY ("author_id", "hash"),
    CONSTRAINT "sign_in_device_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account" ("author_id") ON DELETE CASCADE ON UPDATE CASCADE
);
