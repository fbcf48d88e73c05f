export { type BackUpInput, type BackUpResult, backUp } from './back-up.ts';
export { type MoveInput, type MoveResult, move } from './move.ts';
export { type RestoreInput, type RestoreResult, restore } from './restore.ts';
