import { bundleServer } from '../../scripts/bundle.ts';

/** Bundles the server before all tests: those that start it as a process run what operators run, in half of the time. */
export const setup = bundleServer;
