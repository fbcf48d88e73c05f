// Types for the resolvers, from schema.graphql, into src/generated/graphql.ts.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

/** What a resolver gets for an object of a type: the room's row, not the finished answer. */
const mappers = {
  Author: '../author/index.ts#AuthorRow',
  AuthorPermissions: '../author/index.ts#AuthorRow',
  Account: '../account/index.ts#AccountRow',
  Session: '../account/index.ts#SessionRow',
  SessionConnection: '../account/index.ts#SessionPage',
  ApiKey: '../account/index.ts#ApiKeyRow',
  ApiKeyConnection: '../account/index.ts#ApiKeyPage',
  Product: '../catalog/index.ts#ProductRow',
  Category: '../catalog/index.ts#CategoryRow',
  CatalogPermissions: '../catalog/index.ts#TagRow',
  Tag: '../catalog/index.ts#TagRow',
  Discussion: '../discussion/index.ts#DiscussionRow',
  DiscussionPermissions: '../discussion/index.ts#DiscussionRow',
  CommentPermissions: '../comment/index.ts#CommentRow',
  Permission: '../kit/verdict.ts#Verdict',
  Pin: '../discussion/index.ts#PinRow',
  DiscussionRevision: '../discussion/index.ts#DiscussionRevisionRow',
  Comment: '../comment/index.ts#CommentRow',
  CommentRevision: '../comment/index.ts#CommentRevisionRow',
  RelatedDiscussion: '../related/index.ts#RelatedLinkRow',
  ProductConnection: '../catalog/index.ts#ProductPage',
  CategoryConnection: '../catalog/index.ts#CategoryPage',
  TagConnection: '../catalog/index.ts#TagPage',
  DiscussionPreview: '../discussion/index.ts#PreviewedDiscussion',
  CommentPreview: '../comment/index.ts#PreviewedComment',
  DiscussionConnection: '../discussion/index.ts#DiscussionPage',
  DiscussionRevisionConnection: '../discussion/index.ts#DiscussionRevisionPage',
  CommentConnection: '../comment/index.ts#CommentPage',
  CommentRevisionConnection: '../comment/index.ts#CommentRevisionPage',
};

const filename = 'src/generated/graphql.ts';
const output = await codegen({
  filename,
  schema: parse(await readFile('schema.graphql', 'utf8')),
  documents: [],
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript, resolvers },
  config: {
    contextType: '../kit/context.ts#Context',
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
