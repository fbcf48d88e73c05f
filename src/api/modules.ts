import { forumModules } from '../forum/index.ts';
import type { Module } from '../graphql/module.ts';
import { identityModule } from '../identity/index.ts';

/** Every module of the API. They may add fields to each other's types. */
export const modules: readonly Module[] = [...forumModules, identityModule];
