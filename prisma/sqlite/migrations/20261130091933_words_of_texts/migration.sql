-- Words of the search index are stored with the text that brought them, so that writers of one new word do not wait for each
-- other's commit. The table is copied under the file's write lock, because SQLite cannot change its key.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_search_word" (
    "word" TEXT NOT NULL,
    "n" BIGINT NOT NULL DEFAULT 0,

    PRIMARY KEY ("word", "n")
);
INSERT INTO "new_search_word" ("word") SELECT "word" FROM "search_word";
DROP TABLE "search_word";
ALTER TABLE "new_search_word" RENAME TO "search_word";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
