-- Search: the index of titles, texts and comments, and of the parts of titles. Takes the file's write lock for a moment.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work. The new tables are
-- empty: a forum that has texts already is indexed by `parley search reindex`, while it is served.

-- CreateTable
CREATE TABLE "search_entry" (
    "n" INTEGER NOT NULL PRIMARY KEY,
    "row_id" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "search_gram" (
    "gram" TEXT NOT NULL,
    "n" BIGINT NOT NULL,

    PRIMARY KEY ("gram", "n")
);

-- CreateTable
CREATE TABLE "search_word" (
    "word" TEXT NOT NULL PRIMARY KEY
);

-- CreateTable
CREATE TABLE "search_state" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "fingerprint" TEXT NOT NULL,
    "resume_after" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "search_entry_row_id_key" ON "search_entry"("row_id");

-- The texts' terms. The texts themselves are not stored (content=''), and neither are their lengths (columnsize=0). Terms
-- are made by Parley, so FTS5 only splits them at blanks; "_", "=" and "@" are signs in front of terms.
CREATE VIRTUAL TABLE "search_discussion_text" USING fts5(title, head, body, content='', columnsize=0, tokenize="ascii tokenchars '_=@'");
CREATE VIRTUAL TABLE "search_comment_text" USING fts5(body, content='', columnsize=0, tokenize="ascii tokenchars '_=@'");

-- Terms of a replaced text are overwritten in the file at once, as redactions promise.
INSERT INTO "search_discussion_text"("search_discussion_text", "rank") VALUES ('secure-delete', 1);
INSERT INTO "search_comment_text"("search_comment_text", "rank") VALUES ('secure-delete', 1);
