// Writes schema.graphql from the modules' SDL, and adds to that what its connections lack: see connections.ts.
import { writeSchema } from './module-sdl.ts';

await writeSchema();
