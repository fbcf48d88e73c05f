import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

/**
 * Words of this project's former private language, and the field's words in their place. A pattern must not match plain
 * English: where a word has an innocent meaning too, only its identifiers or phrases are listed.
 */
const GONE: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // e-mail
  [/\b(?:send|sends|sent|write|writes|has|have) (?:a|another|no|one|any)? ?letters?\b/i, 'e-mail'],
  [
    /\bletters? (?:goes|go|went|was sent|were sent|to (?:a person|people|somebody)|that (?:was|were) sent)\b/i,
    'e-mail',
  ],
  [/\b(?:token (?:of|from) (?:a|the) letter|another letter|letter’s token)\b/i, 'e-mail'],
  [/\b(?:readLetters?|lettersTo|ReceivedLetter|PostOffice)\b/, 'readEmails, ReceivedEmail, Mailer'],
  // the response cache
  [/\b(?:touchedBy|touchesOf|isTouched|nothingTouched)\b/, 'invalidatedBy, cache tags'],
  [/\b(?:[tT]eller|[sS]peaker)\b/, 'publisher, subscriber'],
  [/\b(?:heard|Heard|isHeard|whatIsHeard)\b/, 'subscribed, received'],
  [/\b(?:keptAnswers?|keptRows?|keepAnswer|keepRow|keepCall)\b/, 'cached, primeX'],
  // selected rows
  [/\bonlyFor\b/, 'selectedFor'],
  [/\bleftOut\b/, 'omitted'],
  // what follows from a write
  [/\b(?:spare|sequels?|afterwards)\b/i, 'afterCommit, then, later'],
  // missing objects
  [/\bnothingHas\b/, 'unknownId, notFound'],
  // promises and loaders
  [/\bleads? nowhere\b/, 'leaf entity, fetched last; broken link'],
  [/\bKEPT\b/, 'fulfilled'],
  // identity
  [/\bhost(?:'s|’s)? (?:tokens?|accounts?)\b/i, 'external identity'],
  [/\btokens? of the host\b|\bthe host(?:'s|’s) own accounts\b/i, 'external identity, identity provider'],
  [/\b(?:hostTokens?|hostAccounts?|HostIdentity|HOST_TOKEN)\b/, 'externalTokens, ExternalIdentities'],
  [/\bnoteUse\b|\bnote-use\b/, 'touchLastUsed'],
  [/(?<!long-)\bstanding\b(?!.{0,12}\b(?:in|at|order|firm)\b)/, 'role scope'],
  // concurrency
  [/\b(?:inTurns?|takeTurn|turns\.run)\b/, 'semaphore, advisory lock'],
  [/\bspans (?:that|of time)\b|\bspan of time\b/, 'fixed window, range'],
  [/\bundone (?:try|one)\b|\bisUndone\b/, 'rolled back'],
  [/\b(?:[lL]edger)\b/, 'transaction connection'],
  // row locks
  [/\btake(?:Account|Author|Comment|Discussion|Revision|Target)\w*\(/, 'lock…ForUpdate'],
  // architecture
  [
    /\b(?:a|the|its|each|every|own|other|which|these|two) rooms?\b(?! for)|\brooms (?:above|below|know|listen|may)\b/i,
    'module',
  ],
  [/\bone door\b|\bits door\b/i, 'index'],
  [/\bthe house\b/i, 'architecture, project'],
  [/(?:^|['"/ ])src\/(?:kit|app)\//, 'the layers in test/house/architecture.test.ts'],
  // sentences
  [/\bwhoever\b/i, 'the viewer, anyone who'],
  [/\bwhere absent\b|\bis absent is\b/i, 'if omitted'],
  [/\bbehind (?:the|a) requests?\b|\bbehind the requests?['’]s? backs?\b/i, 'in the background'],
  [/\bwords and signs\b/i, 'lexical tokens'],
  [/\bsigns? at the top\b/i, 'button'],
  [/\bwhat people did here\b/i, 'local edits'],
  // roles and revisions
  [/\b(?:speaks?|spoke) for\b/i, 'represents'],
  [/\b(?:keeps?|kept) order in\b/i, 'moderates'],
  [/\bmoderators? of everything\b/i, 'moderator of all categories'],
  [/\bcounts the states of\b/i, 'the current revision of'],
];

/** Where the words are looked for. Migrations are left out: they are never edited. */
const ROOTS = ['src', 'web', 'test', 'scripts', 'bench', 'docs', 'prisma/models'];
const FILES = ['schema.graphql', 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
const SKIPPED = /^(?:web\/)?src\/generated\/|^web\/dist\/|^test\/house\/words\.test\.ts$|\/node_modules\//;

const texts = [
  ...FILES,
  ...ROOTS.flatMap((root) =>
    readdirSync(path.join(packageRoot, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:tsx?|js|css|json|md|prisma|graphql)$/.test(entry.name))
      .map((entry) => path.relative(packageRoot, path.join(entry.parentPath, entry.name))),
  ),
]
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((name) => !SKIPPED.test(name))
  .map((name) => ({ name, lines: readFileSync(path.join(packageRoot, name), 'utf8').split('\n') }));

test('no text speaks the former private language: each hit names the word to write instead', () => {
  const hits = texts.flatMap(({ name, lines }) =>
    lines.flatMap((line, index) =>
      GONE.flatMap(([pattern, instead]) => {
        const found = pattern.exec(line)?.[0].trim();
        return found === undefined ? [] : `${name}:${index + 1}: "${found}" → ${instead}`;
      }),
    ),
  );
  expect(hits).toEqual([]);
});

test('no file name speaks it either', () => {
  const gone = /(?:^|\/)(?:take|note|keep|hold|host|letters?|standing|spans?|turns?|whole|places?)[-.]/;
  expect(texts.map(({ name }) => name).filter((name) => gone.test(name))).toEqual([]);
});
