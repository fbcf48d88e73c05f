// Types for the resolvers, from schema.graphql, into src/generated/graphql.ts.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

/** What a resolver gets for an object of a type: the room's row, not the finished answer. */
const mappers = {
  Author: '../forum/author/index.ts#AuthorRow',
  AuthorPermissions: '../forum/author/index.ts#AuthorRow',
  Account: '../identity/index.ts#AccountRow',
  Session: '../identity/index.ts#SessionRow',
  SessionConnection: '../identity/index.ts#SessionPage',
  ApiKey: '../identity/index.ts#ApiKeyRow',
  ApiKeyConnection: '../identity/index.ts#ApiKeyPage',
  Product: '../forum/catalog/index.ts#ProductRow',
  Category: '../forum/catalog/index.ts#CategoryRow',
  CatalogPermissions: '../forum/catalog/index.ts#TagRow',
  Tag: '../forum/catalog/index.ts#TagRow',
  Discussion: '../forum/discussion/index.ts#DiscussionRow',
  DiscussionPermissions: '../forum/discussion/index.ts#DiscussionRow',
  CommentPermissions: '../forum/comment/index.ts#CommentRow',
  Permission: '../access/verdict.ts#Verdict',
  Pin: '../forum/discussion/index.ts#PinRow',
  DiscussionRevision: '../forum/discussion/index.ts#DiscussionRevisionRow',
  Comment: '../forum/comment/index.ts#CommentRow',
  CommentRevision: '../forum/comment/index.ts#CommentRevisionRow',
  RelatedDiscussion: '../forum/related/index.ts#RelatedLinkRow',
  ProductConnection: '../forum/catalog/index.ts#ProductPage',
  CategoryConnection: '../forum/catalog/index.ts#CategoryPage',
  TagConnection: '../forum/catalog/index.ts#TagPage',
  DiscussionPreview: '../forum/discussion/index.ts#PreviewedDiscussion',
  CommentPreview: '../forum/comment/index.ts#PreviewedComment',
  DiscussionConnection: '../forum/discussion/index.ts#DiscussionPage',
  DiscussionRevisionConnection: '../forum/discussion/index.ts#DiscussionRevisionPage',
  CommentConnection: '../forum/comment/index.ts#CommentPage',
  CommentRevisionConnection: '../forum/comment/index.ts#CommentRevisionPage',
};

const filename = 'src/generated/graphql.ts';
const output = await codegen({
  filename,
  schema: parse(await readFile('schema.graphql', 'utf8')),
  documents: [],
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript, resolvers },
  config: {
    contextType: '../access/context.ts#Context',
    mappers,
    enumsAsTypes: true,
    useTypeImports: true,
    immutableTypes: true,
    skipTypename: true,
    strictScalars: true,
    scalars: {
      DateTime: { input: 'Date', output: 'Date | number' },
      URI: 'string',
      HTML: 'string',
      ID: { input: 'string', output: 'string' },
    },
  },
});
await mkdir('src/generated', { recursive: true });
await writeFile(filename, output);
