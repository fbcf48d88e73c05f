-- What rights leave behind: which revisions a moderator has redacted, the log of moderation, the addresses from which an
-- account has signed in, and the rights with which a write under an idempotency key ran. Takes the file's write lock for a
-- moment: the new columns are null and no row is written again. It is one transaction: if it fails, nothing of it remains
-- and the older version continues to work.

-- AlterTable
ALTER TABLE "comment_revision" ADD COLUMN "redacted_at" DATETIME;

-- AlterTable
ALTER TABLE "discussion_revision" ADD COLUMN "redacted_at" DATETIME;

-- AlterTable
ALTER TABLE "idempotency_key" ADD COLUMN "rights" TEXT;

-- CreateTable
CREATE TABLE "sign_in_address" (
    "author_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" DATETIME NOT NULL,

    PRIMARY KEY ("author_id", "hash"),
    CONSTRAINT "sign_in_address_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account" ("author_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "moderation_event" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "created_at" DATETIME NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" TEXT,
    "discussion_id" TEXT NOT NULL,
    "comment_id" TEXT,
    "revision" INTEGER,
    "detail" TEXT,
    CONSTRAINT "moderation_event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "moderation_event_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "moderation_event_discussion_id_id_idx" ON "moderation_event"("discussion_id", "id");
