-- E-mails that wait to be sent: a mail server that is away or greylists is tried for days, and a restart loses none.
-- Takes no lock on other tables. The new table is empty. It is one transaction: if it fails, nothing of it remains and the
-- older version continues to work.

-- CreateTable
CREATE TABLE "queued_email" (
    "id" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "recipient" TEXT COLLATE "C" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMP(3) NOT NULL,
    "next_attempt_at" TIMESTAMP(3) NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "queued_email_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "queued_email_next_attempt_at_id_idx" ON "queued_email"("next_attempt_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "queued_email_kind_recipient_key" ON "queued_email"("kind", "recipient");
