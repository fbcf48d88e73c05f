import type { Module } from '../graphql/module.ts';
import { authorModule } from './author/index.ts';
import { bookmarkModule } from './bookmark/index.ts';
import { catalogModule } from './catalog/index.ts';
import { commentModule } from './comment/index.ts';
import { discussionModule } from './discussion/index.ts';
import { draftModule } from './draft/index.ts';
import { mergeModule } from './merge/index.ts';
import { moderationModule } from './moderation/index.ts';
import { publishingModule } from './publishing/index.ts';
import { relatedModule } from './related/index.ts';
import { searchModule } from './search/index.ts';
import { trashModule } from './trash/index.ts';
import { viewModule } from './view/index.ts';
import { voteModule } from './vote/index.ts';

/** The forum's modules. Each may import those before it; schema.graphql has their types in the same order. */
export const forumModules: readonly Module[] = [
  authorModule,
  catalogModule,
  discussionModule,
  commentModule,
  mergeModule,
  searchModule,
  relatedModule,
  voteModule,
  bookmarkModule,
  draftModule,
  viewModule,
  publishingModule,
  trashModule,
  moderationModule,
];
