// What the tests alone take from the project.
export { createLog } from '../../src/log.ts';
export { examine, type Finding } from '../../src/operations/doctor/index.ts';
export { startServer } from '../../src/server/server.ts';
export { readSettings } from '../../src/server/settings/settings.ts';
export { postgresTitle, postgresUrl } from '../../test/support/postgres.ts';
