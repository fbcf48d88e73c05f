-- Why: a device that has signed in before keeps an allowance of its own for wrong passwords, wherever it is.
-- Locks: none on tables that are in use. The table is new and empty.
-- Recovery: it is one transaction; if it fails, nothing has changed and the next start runs it again.
-- CreateTable
CREATE TABLE "sign_in_device" (
    "author_id" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "used_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "sign_in_device_pkey" PRIMARY KEY ("author_id","hash")
);

-- AddForeignKey
ALTER TABLE "sign_in_device" ADD CONSTRAINT "sign_in_device_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account"("author_id") ON DELETE CASCADE ON UPDATE CASCADE;
