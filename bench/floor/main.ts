import { createFloor, openFloor } from './server.ts';

const { PORT = '0', FLOOR_FILE = '' } = process.env;
const db = openFloor(FLOOR_FILE);
const server = createFloor(db).listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => db.close());
  server.closeAllConnections();
});
