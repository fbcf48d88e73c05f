-- E-mails that wait to be sent: a mail server that is away or greylists is tried for days, and a restart loses none.
-- Takes the file's write lock for a moment. The new table is empty. It is one transaction: if it fails, nothing of it remains and the
-- older version continues to work.

-- CreateTable
CREATE TABLE "queued_email" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL,
    "next_attempt_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "queued_email_next_attempt_at_id_idx" ON "queued_email"("next_attempt_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "queued_email_kind_recipient_key" ON "queued_email"("kind", "recipient");
