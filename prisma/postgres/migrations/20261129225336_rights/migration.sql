-- What rights leave behind: which revisions a moderator has redacted, the log of moderation, the addresses from which an
-- account has signed in, and the rights with which a write under an idempotency key ran. Takes ACCESS EXCLUSIVE on the
-- tables of revisions and of idempotency keys for a moment, because the new columns are null and no row is written again,
-- and SHARE ROW EXCLUSIVE on account, author and discussion for the foreign keys: writes wait, reads of these do
-- not. It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- CreateEnum
CREATE TYPE "ModerationAction" AS ENUM ('REDACT_DISCUSSION_REVISION', 'REDACT_COMMENT_REVISION', 'CLEAR_OFFICIAL', 'RELEASE_EXTERNAL_ID');

-- AlterTable
ALTER TABLE "comment_revision" ADD COLUMN     "redacted_at" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "discussion_revision" ADD COLUMN     "redacted_at" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "idempotency_key" ADD COLUMN     "rights" TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "sign_in_address" (
    "author_id" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "used_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "sign_in_address_pkey" PRIMARY KEY ("author_id","hash")
);

-- CreateTable
CREATE TABLE "moderation_event" (
    "id" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "action" "ModerationAction" NOT NULL,
    "actor_id" TEXT COLLATE "C",
    "discussion_id" TEXT COLLATE "C" NOT NULL,
    "comment_id" TEXT COLLATE "C",
    "revision" INTEGER,
    "detail" TEXT COLLATE "C",

    CONSTRAINT "moderation_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "moderation_event_discussion_id_id_idx" ON "moderation_event"("discussion_id", "id");

-- AddForeignKey
ALTER TABLE "sign_in_address" ADD CONSTRAINT "sign_in_address_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account"("author_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_event" ADD CONSTRAINT "moderation_event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "author"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_event" ADD CONSTRAINT "moderation_event_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
