-- Everything the forum stores, from an empty database. Locks nothing that anybody uses yet. To recover: drop the database.

-- CreateTable
CREATE TABLE "author" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "role" TEXT NOT NULL DEFAULT 'MEMBER',
    "name" TEXT,
    "title" TEXT,
    "company" TEXT,
    "company_segment" TEXT,
    "industry" TEXT,
    "avatar_url" TEXT,
    "external_id" TEXT,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "product" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT
);

-- CreateTable
CREATE TABLE "category" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,
    "is_answerable" BOOLEAN NOT NULL DEFAULT true
);

-- CreateTable
CREATE TABLE "tag" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "discussion_tag" (
    "discussion_id" TEXT NOT NULL,
    "tag_id" TEXT NOT NULL,

    PRIMARY KEY ("discussion_id", "tag_id"),
    CONSTRAINT "discussion_tag_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "discussion_tag_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "comment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "discussion_id" TEXT NOT NULL,
    "reply_to_id" TEXT,
    "depth" INTEGER NOT NULL DEFAULT 0,
    "body" TEXT NOT NULL,
    "body_html" TEXT NOT NULL,
    "body_text" TEXT NOT NULL,
    "author_id" TEXT,
    "created_at" DATETIME NOT NULL,
    "created_at_is_approximate" BOOLEAN NOT NULL DEFAULT false,
    "last_edited_at" DATETIME,
    "deleted_at" DATETIME,
    "deleted_by_id" TEXT,
    "is_official" BOOLEAN NOT NULL DEFAULT false,
    "is_verified_user" BOOLEAN NOT NULL DEFAULT false,
    "import_key" TEXT,
    "imported_metadata" JSONB,
    "imported_net_votes" INTEGER NOT NULL DEFAULT 0,
    "upvote_count" INTEGER NOT NULL DEFAULT 0,
    "downvote_count" INTEGER NOT NULL DEFAULT 0,
    "net_upvotes" INTEGER NOT NULL DEFAULT 0,
    "reply_count" INTEGER NOT NULL DEFAULT 0,
    "direct_reply_count" INTEGER NOT NULL DEFAULT 0,
    "best_score" REAL NOT NULL DEFAULT 0,
    "controversy_score" REAL NOT NULL DEFAULT 0,
    CONSTRAINT "comment_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "comment_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "comment_deleted_by_id_fkey" FOREIGN KEY ("deleted_by_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "comment_reply_to_id_fkey" FOREIGN KEY ("reply_to_id") REFERENCES "comment" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "comment_revision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "comment_id" TEXT NOT NULL,
    "editor_id" TEXT,
    "created_at" DATETIME NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "comment_revision_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "comment_revision_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "discussion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "body_html" TEXT NOT NULL,
    "body_text" TEXT NOT NULL,
    "author_id" TEXT,
    "category_id" TEXT,
    "product_id" TEXT,
    "created_at" DATETIME NOT NULL,
    "created_at_is_approximate" BOOLEAN NOT NULL DEFAULT false,
    "last_edited_at" DATETIME,
    "deleted_at" DATETIME,
    "deleted_by_id" TEXT,
    "locked_at" DATETIME,
    "lock_reason" TEXT,
    "locked_by_id" TEXT,
    "closed_at" DATETIME,
    "close_reason" TEXT,
    "closed_by_id" TEXT,
    "answer_id" TEXT,
    "answered_at" DATETIME,
    "answered_by_id" TEXT,
    "external_id" TEXT,
    "import_key" TEXT,
    "imported_metadata" JSONB,
    "title_key" TEXT NOT NULL,
    "imported_net_votes" INTEGER NOT NULL DEFAULT 0,
    "upvote_count" INTEGER NOT NULL DEFAULT 0,
    "downvote_count" INTEGER NOT NULL DEFAULT 0,
    "net_upvotes" INTEGER NOT NULL DEFAULT 0,
    "comment_count" INTEGER NOT NULL DEFAULT 0,
    "top_level_comment_count" INTEGER NOT NULL DEFAULT 0,
    "last_comment_id" TEXT,
    "last_activity_at" DATETIME NOT NULL,
    "hot_score" REAL NOT NULL DEFAULT 0,
    "controversy_score" REAL NOT NULL DEFAULT 0,
    CONSTRAINT "discussion_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "discussion_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "category" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "discussion_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "discussion_deleted_by_id_fkey" FOREIGN KEY ("deleted_by_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "discussion_locked_by_id_fkey" FOREIGN KEY ("locked_by_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "discussion_closed_by_id_fkey" FOREIGN KEY ("closed_by_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "discussion_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "comment" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "discussion_answered_by_id_fkey" FOREIGN KEY ("answered_by_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "pin" (
    "discussion_id" TEXT NOT NULL PRIMARY KEY,
    "label" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME,
    "pinned_by_id" TEXT,
    CONSTRAINT "pin_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "pin_pinned_by_id_fkey" FOREIGN KEY ("pinned_by_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "discussion_revision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "discussion_id" TEXT NOT NULL,
    "editor_id" TEXT,
    "created_at" DATETIME NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "discussion_revision_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "discussion_revision_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "related_link" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "discussion_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "title_key" TEXT NOT NULL,
    "created_at" DATETIME,
    "created_at_is_approximate" BOOLEAN NOT NULL DEFAULT false,
    "imported_comment_count" INTEGER NOT NULL DEFAULT 0,
    "target_id" TEXT,
    "added_by_id" TEXT,
    CONSTRAINT "related_link_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "related_link_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "discussion" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "related_link_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "author" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "discussion_vote" (
    "discussion_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "value" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,

    PRIMARY KEY ("discussion_id", "author_id"),
    CONSTRAINT "discussion_vote_discussion_id_fkey" FOREIGN KEY ("discussion_id") REFERENCES "discussion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "discussion_vote_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "comment_vote" (
    "comment_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "value" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,

    PRIMARY KEY ("comment_id", "author_id"),
    CONSTRAINT "comment_vote_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "comment_vote_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "author_external_id_key" ON "author"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "product_slug_key" ON "product"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "category_slug_key" ON "category"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "tag_slug_key" ON "tag"("slug");

-- CreateIndex
CREATE INDEX "discussion_tag_tag_id_discussion_id_idx" ON "discussion_tag"("tag_id", "discussion_id");

-- CreateIndex
CREATE INDEX "comment_discussion_id_reply_to_id_best_score_id_idx" ON "comment"("discussion_id", "reply_to_id", "best_score", "id");

-- CreateIndex
CREATE INDEX "comment_discussion_id_reply_to_id_net_upvotes_id_idx" ON "comment"("discussion_id", "reply_to_id", "net_upvotes", "id");

-- CreateIndex
CREATE INDEX "comment_discussion_id_reply_to_id_created_at_id_idx" ON "comment"("discussion_id", "reply_to_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comment_discussion_id_reply_to_id_controversy_score_id_idx" ON "comment"("discussion_id", "reply_to_id", "controversy_score", "id");

-- CreateIndex
CREATE INDEX "comment_reply_to_id_best_score_id_idx" ON "comment"("reply_to_id", "best_score", "id");

-- CreateIndex
CREATE INDEX "comment_reply_to_id_net_upvotes_id_idx" ON "comment"("reply_to_id", "net_upvotes", "id");

-- CreateIndex
CREATE INDEX "comment_reply_to_id_created_at_id_idx" ON "comment"("reply_to_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comment_reply_to_id_controversy_score_id_idx" ON "comment"("reply_to_id", "controversy_score", "id");

-- CreateIndex
CREATE INDEX "comment_discussion_id_created_at_id_idx" ON "comment"("discussion_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comment_author_id_created_at_id_idx" ON "comment"("author_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "comment_discussion_id_import_key_key" ON "comment"("discussion_id", "import_key");

-- CreateIndex
CREATE INDEX "comment_revision_comment_id_created_at_id_idx" ON "comment_revision"("comment_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "discussion_slug_key" ON "discussion"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "discussion_answer_id_key" ON "discussion"("answer_id");

-- CreateIndex
CREATE UNIQUE INDEX "discussion_external_id_key" ON "discussion"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "discussion_import_key_key" ON "discussion"("import_key");

-- CreateIndex
CREATE INDEX "discussion_hot_score_id_idx" ON "discussion"("hot_score", "id");

-- CreateIndex
CREATE INDEX "discussion_net_upvotes_id_idx" ON "discussion"("net_upvotes", "id");

-- CreateIndex
CREATE INDEX "discussion_created_at_id_idx" ON "discussion"("created_at", "id");

-- CreateIndex
CREATE INDEX "discussion_last_activity_at_id_idx" ON "discussion"("last_activity_at", "id");

-- CreateIndex
CREATE INDEX "discussion_comment_count_id_idx" ON "discussion"("comment_count", "id");

-- CreateIndex
CREATE INDEX "discussion_controversy_score_id_idx" ON "discussion"("controversy_score", "id");

-- CreateIndex
CREATE INDEX "discussion_category_id_hot_score_id_idx" ON "discussion"("category_id", "hot_score", "id");

-- CreateIndex
CREATE INDEX "discussion_category_id_net_upvotes_id_idx" ON "discussion"("category_id", "net_upvotes", "id");

-- CreateIndex
CREATE INDEX "discussion_category_id_created_at_id_idx" ON "discussion"("category_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "discussion_category_id_last_activity_at_id_idx" ON "discussion"("category_id", "last_activity_at", "id");

-- CreateIndex
CREATE INDEX "discussion_category_id_comment_count_id_idx" ON "discussion"("category_id", "comment_count", "id");

-- CreateIndex
CREATE INDEX "discussion_category_id_controversy_score_id_idx" ON "discussion"("category_id", "controversy_score", "id");

-- CreateIndex
CREATE INDEX "discussion_product_id_hot_score_id_idx" ON "discussion"("product_id", "hot_score", "id");

-- CreateIndex
CREATE INDEX "discussion_product_id_net_upvotes_id_idx" ON "discussion"("product_id", "net_upvotes", "id");

-- CreateIndex
CREATE INDEX "discussion_product_id_created_at_id_idx" ON "discussion"("product_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "discussion_product_id_last_activity_at_id_idx" ON "discussion"("product_id", "last_activity_at", "id");

-- CreateIndex
CREATE INDEX "discussion_product_id_comment_count_id_idx" ON "discussion"("product_id", "comment_count", "id");

-- CreateIndex
CREATE INDEX "discussion_product_id_controversy_score_id_idx" ON "discussion"("product_id", "controversy_score", "id");

-- CreateIndex
CREATE INDEX "discussion_author_id_created_at_id_idx" ON "discussion"("author_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "discussion_title_key_idx" ON "discussion"("title_key");

-- CreateIndex
CREATE INDEX "discussion_revision_discussion_id_created_at_id_idx" ON "discussion_revision"("discussion_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "related_link_discussion_id_position_id_idx" ON "related_link"("discussion_id", "position", "id");

-- CreateIndex
CREATE INDEX "related_link_title_key_idx" ON "related_link"("title_key");

-- CreateIndex
CREATE INDEX "related_link_target_id_idx" ON "related_link"("target_id");

-- CreateIndex
CREATE UNIQUE INDEX "related_link_discussion_id_url_key" ON "related_link"("discussion_id", "url");

-- CreateIndex
CREATE INDEX "discussion_vote_author_id_discussion_id_idx" ON "discussion_vote"("author_id", "discussion_id");

-- CreateIndex
CREATE INDEX "comment_vote_author_id_comment_id_idx" ON "comment_vote"("author_id", "comment_id");
