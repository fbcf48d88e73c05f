export { backUp } from './back-up.ts';
export { requireDatabase } from './database-files.ts';
export { move } from './move.ts';
export { restore } from './restore.ts';
