export { countExported, EXPORT_ROLES, exportForum, writeRecords } from './export-forum.ts';
export { importRecords, type TransferDeps } from './import-records.ts';
export { hasOwnPeople } from './own-people.ts';
export { type RecordSource, SourceError, type SourceKind } from './record-source.ts';
export type { ExportRole, ForumRecord } from './records.ts';
export { Report, type ReportSummary } from './report.ts';
export { SOURCES } from './sources/index.ts';
