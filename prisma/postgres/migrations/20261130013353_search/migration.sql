-- Search: the index of titles, texts and comments, and of the parts of titles. Creates tables alone, so nothing waits.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work. The new tables are
-- empty: a forum that has texts already is indexed by `parley search reindex`, while it is served.

-- CreateTable
CREATE TABLE "search_entry" (
    "n" BIGINT NOT NULL,
    "row_id" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "search_entry_pkey" PRIMARY KEY ("n")
);

-- CreateTable
CREATE TABLE "search_gram" (
    "gram" TEXT COLLATE "C" NOT NULL,
    "n" BIGINT NOT NULL,

    CONSTRAINT "search_gram_pkey" PRIMARY KEY ("gram","n")
);

-- CreateTable
CREATE TABLE "search_word" (
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "search_state" (
    "id" TEXT COLLATE "C" NOT NULL,
    "fingerprint" TEXT COLLATE "C" NOT NULL,
    "resume_after" TEXT COLLATE "C",

    CONSTRAINT "search_state_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "search_entry_row_id_key" ON "search_entry"("row_id");

-- The texts' terms, made by Parley: PostgreSQL's own parser reads a URL differently in a text and in a query.
CREATE TABLE "search_discussion_text" (
    "n" BIGINT NOT NULL,
    "terms" tsvector NOT NULL,

    CONSTRAINT "search_discussion_text_pkey" PRIMARY KEY ("n")
);
CREATE TABLE "search_comment_text" (
    "n" BIGINT NOT NULL,
    "terms" tsvector NOT NULL,

    CONSTRAINT "search_comment_text_pkey" PRIMARY KEY ("n")
);
CREATE INDEX "search_discussion_text_terms_idx" ON "search_discussion_text" USING GIN ("terms");
CREATE INDEX "search_comment_text_terms_idx" ON "search_comment_text" USING GIN ("terms");

-- With the default statistics, rare terms are thought to be common, and the newest matches are looked for in all rows.
ALTER TABLE "search_discussion_text" ALTER COLUMN "terms" SET STATISTICS 1000;
ALTER TABLE "search_comment_text" ALTER COLUMN "terms" SET STATISTICS 1000;
