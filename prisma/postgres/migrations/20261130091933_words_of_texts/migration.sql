-- Words of the search index are stored with the text that brought them, so that writers of one new word do not wait for each
-- other's commit. Takes an ACCESS EXCLUSIVE lock on search_word while its key is made anew.
-- It is one transaction: if it fails, nothing of it remains and the older version continues to work.

-- AlterTable
ALTER TABLE "search_word" DROP CONSTRAINT "search_word_pkey",
ADD COLUMN     "n" BIGINT NOT NULL DEFAULT 0,
ADD CONSTRAINT "search_word_pkey" PRIMARY KEY ("word", "n");
