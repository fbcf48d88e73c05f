export { checkSeen, editTime } from './edit.ts';
export { NEWEST_REVISION_FIRST, type RevisionPage, revisionPage, revisionsToRead } from './revision-page.ts';
