-- What people need to write: accounts, sessions, keys and identities; mentions; numbered revisions; idempotency keys.
-- Rebuilds the two tables of revisions, which are small, and holds the file's write lock meanwhile. It is one
-- transaction: where it fails nothing of it is kept, and the older version goes on.

-- AlterTable
ALTER TABLE "author" ADD COLUMN "handle" TEXT;

-- CreateTable
CREATE TABLE "account" (
    "author_id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "email_confirmed_at" DATETIME,
    "password_hash" TEXT NOT NULL,
    "password_changed_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "account_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "mail_token" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "purpose" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    CONSTRAINT "mail_token_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account" ("author_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "last_used_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "user_agent" TEXT,
    CONSTRAINT "session_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME,
    "last_used_at" DATETIME,
    "revoked_at" DATETIME,
    CONSTRAINT "api_key_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "external_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "claims_hash" TEXT NOT NULL,
    "claims_issued_at" DATETIME NOT NULL,

    PRIMARY KEY ("issuer", "subject"),
    CONSTRAINT "external_identity_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "moderated_category" (
    "author_id" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,

    PRIMARY KEY ("author_id", "category_id"),
    CONSTRAINT "moderated_category_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "moderated_category_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "category" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "vendor_product" (
    "author_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,

    PRIMARY KEY ("author_id", "product_id"),
    CONSTRAINT "vendor_product_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "vendor_product_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "comment_mention" (
    "comment_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,

    PRIMARY KEY ("comment_id", "author_id"),
    CONSTRAINT "comment_mention_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "comment_mention_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "discussion_mention" (
    "discussion_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,

    PRIMARY KEY ("discussion_id", "author_id"),
    CONSTRAINT "discussion_mention_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "discussion_mention_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "mutation" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL
);

-- AlterTable: added in place, which writes nothing to the rows
ALTER TABLE "comment" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "discussion" ADD COLUMN "answer_revision" INTEGER;
ALTER TABLE "discussion" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;

-- RedefineTables: earlier states are numbered from the oldest on
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_comment_revision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "comment_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "editor_id" TEXT,
    "created_at" DATETIME NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "comment_revision_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "comment_revision_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_comment_revision" ("body", "comment_id", "created_at", "editor_id", "id", "revision") SELECT "body", "comment_id", "created_at", "editor_id", "id", row_number() OVER (PARTITION BY "comment_id" ORDER BY "created_at", "id") FROM "comment_revision";
DROP TABLE "comment_revision";
ALTER TABLE "new_comment_revision" RENAME TO "comment_revision";
CREATE UNIQUE INDEX "comment_revision_comment_id_revision_key" ON "comment_revision"("comment_id", "revision");
CREATE TABLE "new_discussion_revision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "discussion_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "editor_id" TEXT,
    "created_at" DATETIME NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "discussion_revision_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "discussion_revision_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_discussion_revision" ("body", "created_at", "discussion_id", "editor_id", "id", "title", "revision") SELECT "body", "created_at", "discussion_id", "editor_id", "id", "title", row_number() OVER (PARTITION BY "discussion_id" ORDER BY "created_at", "id") FROM "discussion_revision";
DROP TABLE "discussion_revision";
ALTER TABLE "new_discussion_revision" RENAME TO "discussion_revision";
CREATE UNIQUE INDEX "discussion_revision_discussion_id_revision_key" ON "discussion_revision"("discussion_id", "revision");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
UPDATE "comment" SET "revision" = 1 + (SELECT count(*) FROM "comment_revision" r WHERE r."comment_id" = "comment"."id") WHERE "id" IN (SELECT "comment_id" FROM "comment_revision");
UPDATE "discussion" SET "revision" = 1 + (SELECT count(*) FROM "discussion_revision" r WHERE r."discussion_id" = "discussion"."id") WHERE "id" IN (SELECT "discussion_id" FROM "discussion_revision");

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
CREATE INDEX "pin_position_discussion_id_idx" ON "pin"("position", "discussion_id");
