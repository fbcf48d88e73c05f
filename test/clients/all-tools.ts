/** Tools that read schema.graphql, and what tools.test.ts and schema-rules.test.ts try with them. */
export const tools: readonly { readonly package: string; readonly tried: string }[] = [
  { package: 'relay-compiler', tried: 'compiles the operations above' },
  {
    package: '@graphql-codegen/client-preset',
    tried: 'generates types, and trusted documents that the server answers by their ids',
  },
  { package: 'gql.tada', tried: 'infers types from the schema, and knows a wrong field' },
  {
    package: '@graphql-eslint/eslint-plugin',
    tried: 'finds nothing in the operations above and in the schema, with its recommended and Relay rules',
  },
  {
    package: '@graphql-inspector/core',
    tried: 'finds the operations above valid, and a removed field breaking',
  },
];
