export { placeText, SourceError } from './record-source.ts';
export { SOURCES } from './sources/index.ts';
