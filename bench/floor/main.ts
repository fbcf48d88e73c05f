import { countedProcess } from '../counted-process.ts';
import { oneByOne, openFiles, together } from './files.ts';
import { createFloor, floorOperations } from './server.ts';

const { PORT = '0', FORUM_FILE = '', COMMITS = 'together' } = process.env;
const files = openFiles(FORUM_FILE, countedProcess().onStatement);
const commits = COMMITS === 'together' ? together(files.writer) : oneByOne(files.writer);
createFloor(floorOperations(files, commits)).listen(Number(PORT), '127.0.0.1');
