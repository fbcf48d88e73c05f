// What the floor, the peers and the generator take from the project: pure functions, so that their rows and texts are
// the same. Everything else of src/ comes through server-sources.ts.
export { nameKeysOf } from '../src/forum/author/name-keys.ts';
export { countThread } from '../src/forum/comment/count-thread.ts';
export { treePathOf } from '../src/forum/comment/tree-path.ts';
export { countDiscussion } from '../src/forum/discussion/count-discussion.ts';
export { controversyScore, hotScore, wilsonLowerBound } from '../src/forum/ranking.ts';
export { newId } from '../src/store/ids.ts';
export { LOG_PAGES } from '../src/store/sqlite/connection.ts';
export { renderMarkdown } from '../src/text/markdown.ts';
export { slugOf, titleKeyOf } from '../src/text/slug.ts';
