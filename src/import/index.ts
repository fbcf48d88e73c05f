export { type ImportResult, importDocument } from './import-document.ts';
export { type FileOutcome, type ImportSummary, importFiles } from './import-files.ts';
export { seedIfEmpty } from './seed.ts';
