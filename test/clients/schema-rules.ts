// The rules that graphql-eslint checks schema.graphql by: its recommended ones and Relay's. Each rule that is off, or
// has an exception, says why.
import plugin, { parser, rules } from '@graphql-eslint/eslint-plugin';
import type { Linter } from 'eslint';
import type { Data } from './server.ts';

const { 'flat/schema-recommended': recommended, 'flat/schema-relay': relay } = plugin.configs as Data;

export const schemaRules: Linter.RulesRecord = {
  ...recommended.rules,
  ...relay.rules,
  // A description of one line stands in single quotes and a longer one in a block, as Prettier leaves them. The rule
  // allows one of the two for all.
  '@graphql-eslint/description-style': 'off',
  // It takes `Pin.pinnedBy` for a field that begins with its type's name. GitHub has the same name.
  '@graphql-eslint/no-typename-prefix': 'off',
  // What has no id of its own: wrappers, and values that belong to one object and are read with it. A normalized cache
  // stores them inside that object.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        suffixes: [
          ...['Connection', 'Edge', 'Info', 'Limit', 'Limits', 'Payload', 'Permissions', 'Preview', 'State'],
          ...['Explanation', 'Facet', 'Facets', 'Highlight', 'Issue', 'Match', 'Rank', 'RankInput', 'Result'],
        ],
        types: [
          ...['Account', 'AccountStatus', 'DiffPart', 'Permission', 'Pin', 'Problem', 'RankInput'],
          ...['RelatedDiscussion', 'SimilarDiscussion'],
        ],
      },
    },
  ],
  // `search` is ranked and is paged forwards alone.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // Connections have `nodes` beside `edges`, as GitHub's have, and short lists such as `tags` are no connections. A result
  // of `search` is no node: it says why its subject was found by this query.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
  ],
};

/** ESLint's configuration for a schema of this text. */
export const schemaConfig = (schema: string): Linter.Config => ({
  files: ['**/*.graphql'],
  plugins: { '@graphql-eslint': { rules } as Data },
  languageOptions: { parser: parser as Data, parserOptions: { graphQLConfig: { schema } } },
  rules: schemaRules,
});
