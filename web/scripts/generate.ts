// src/generated/ from the schema, the operations in the sources, and the messages.
import { pathToFileURL } from 'node:url';
import { writeGraphqlTypes } from './graphql-types.ts';
import { writeMessages } from './messages.ts';

export async function generate(): Promise<void> {
  await Promise.all([writeGraphqlTypes(), writeMessages()]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generate();
