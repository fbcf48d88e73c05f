// Loads password-worker.ts in a thread of a program that runs from its source. Threads have no loader for TypeScript.
import { tsImport } from 'tsx/esm/api';

export const { grade } = await tsImport('./password-worker.ts', import.meta.url);
