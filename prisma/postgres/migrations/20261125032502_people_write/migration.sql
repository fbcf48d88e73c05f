-- What people need to write: accounts, sessions, keys and identities; mentions; numbered revisions; idempotency keys.
-- Takes ACCESS EXCLUSIVE on author, comment, discussion and their revisions for a moment: added columns write no rows.
-- It is one transaction: where it fails nothing of it is kept, and the older version goes on.

-- CreateEnum
CREATE TYPE "MailTokenPurpose" AS ENUM ('CONFIRM_EMAIL', 'RESET_PASSWORD');

-- DropIndex
DROP INDEX "comment_revision_comment_id_created_at_id_idx";

-- DropIndex
DROP INDEX "discussion_revision_discussion_id_created_at_id_idx";

-- AlterTable
ALTER TABLE "author" ADD COLUMN     "handle" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "comment" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "comment_revision" ADD COLUMN     "revision" INTEGER;
UPDATE "comment_revision" r SET "revision" = n."revision" FROM (SELECT "id", row_number() OVER (PARTITION BY "comment_id" ORDER BY "created_at", "id") AS "revision" FROM "comment_revision") n WHERE n."id" = r."id";
ALTER TABLE "comment_revision" ALTER COLUMN "revision" SET NOT NULL;

-- AlterTable
ALTER TABLE "discussion" ADD COLUMN     "answer_revision" INTEGER,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "discussion_revision" ADD COLUMN     "revision" INTEGER;
UPDATE "discussion_revision" r SET "revision" = n."revision" FROM (SELECT "id", row_number() OVER (PARTITION BY "discussion_id" ORDER BY "created_at", "id") AS "revision" FROM "discussion_revision") n WHERE n."id" = r."id";
ALTER TABLE "discussion_revision" ALTER COLUMN "revision" SET NOT NULL;

-- Texts that were edited before stand at the state after their last revision
UPDATE "comment" t SET "revision" = 1 + n.c FROM (SELECT "comment_id" AS id, count(*) AS c FROM "comment_revision" GROUP BY 1) n WHERE n.id = t."id";

-- Texts that were edited before stand at the state after their last revision
UPDATE "discussion" t SET "revision" = 1 + n.c FROM (SELECT "discussion_id" AS id, count(*) AS c FROM "discussion_revision" GROUP BY 1) n WHERE n.id = t."id";

-- CreateTable
CREATE TABLE "account" (
    "author_id" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "email_confirmed_at" TIMESTAMP(3),
    "password_hash" TEXT COLLATE "C" NOT NULL,
    "password_changed_at" TIMESTAMP(3) NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("author_id")
);

-- CreateTable
CREATE TABLE "mail_token" (
    "hash" TEXT COLLATE "C" NOT NULL,
    "purpose" "MailTokenPurpose" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "mail_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "last_used_at" TIMESTAMP(3) NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL,
    "user_agent" TEXT COLLATE "C",

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "hint" TEXT COLLATE "C" NOT NULL,
    "scopes" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "expires_at" TIMESTAMP(3),
    "last_used_at" TIMESTAMP(3),
    "revoked_at" TIMESTAMP(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_identity" (
    "issuer" TEXT COLLATE "C" NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "claims_hash" TEXT COLLATE "C" NOT NULL,
    "claims_issued_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "external_identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "moderated_category" (
    "author_id" TEXT COLLATE "C" NOT NULL,
    "category_id" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "moderated_category_pkey" PRIMARY KEY ("author_id","category_id")
);

-- CreateTable
CREATE TABLE "vendor_product" (
    "author_id" TEXT COLLATE "C" NOT NULL,
    "product_id" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "vendor_product_pkey" PRIMARY KEY ("author_id","product_id")
);

-- CreateTable
CREATE TABLE "comment_mention" (
    "comment_id" TEXT COLLATE "C" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "handle" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "comment_mention_pkey" PRIMARY KEY ("comment_id","author_id")
);

-- CreateTable
CREATE TABLE "discussion_mention" (
    "discussion_id" TEXT COLLATE "C" NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "handle" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "discussion_mention_pkey" PRIMARY KEY ("discussion_id","author_id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "hash" TEXT COLLATE "C" NOT NULL,
    "mutation" TEXT COLLATE "C" NOT NULL,
    "input_hash" TEXT COLLATE "C" NOT NULL,
    "payload" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE INDEX "mail_token_author_id_purpose_idx" ON "mail_token"("author_id", "purpose");

-- CreateIndex
CREATE INDEX "mail_token_expires_at_idx" ON "mail_token"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_hash_key" ON "session"("hash");

-- CreateIndex
CREATE INDEX "session_author_id_created_at_id_idx" ON "session"("author_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_author_id_created_at_id_idx" ON "api_key"("author_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "external_identity_author_id_idx" ON "external_identity"("author_id");

-- CreateIndex
CREATE INDEX "moderated_category_category_id_idx" ON "moderated_category"("category_id");

-- CreateIndex
CREATE INDEX "vendor_product_product_id_idx" ON "vendor_product"("product_id");

-- CreateIndex
CREATE INDEX "comment_mention_author_id_idx" ON "comment_mention"("author_id");

-- CreateIndex
CREATE INDEX "discussion_mention_author_id_idx" ON "discussion_mention"("author_id");

-- CreateIndex
CREATE INDEX "idempotency_key_expires_at_idx" ON "idempotency_key"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "author_handle_key" ON "author"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "comment_revision_comment_id_revision_key" ON "comment_revision"("comment_id", "revision");

-- CreateIndex
CREATE INDEX "pin_position_discussion_id_idx" ON "pin"("position", "discussion_id");

-- CreateIndex
CREATE UNIQUE INDEX "discussion_revision_discussion_id_revision_key" ON "discussion_revision"("discussion_id", "revision");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_token" ADD CONSTRAINT "mail_token_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account"("author_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderated_category" ADD CONSTRAINT "moderated_category_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderated_category" ADD CONSTRAINT "moderated_category_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "category"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vendor_product" ADD CONSTRAINT "vendor_product_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vendor_product" ADD CONSTRAINT "vendor_product_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_mention" ADD CONSTRAINT "comment_mention_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_mention" ADD CONSTRAINT "comment_mention_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_mention" ADD CONSTRAINT "discussion_mention_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_mention" ADD CONSTRAINT "discussion_mention_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE CASCADE ON UPDATE CASCADE;
