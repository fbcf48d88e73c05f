/** A field without arguments that answers a page. */
const BARE_FIELD = /^( {2}\w+)(: \w+Connection!)/gm;

/**
 * Adds what is missing of connections to the text of schema.graphql: to a field such as `votes: VoteConnection!` its
 * page arguments, and below the type `Vote` the types `VoteConnection` and `VoteEdge`. Everything else stays as it is.
 */
export function completeConnections(sdl: string): string {
  let text = sdl.replace(BARE_FIELD, `$1(\n${pageArguments(sdl)}\n  )$2`);
  for (const [, type = ''] of sdl.matchAll(/: (\w+)Connection!/g)) {
    if (new RegExp(`^type ${type}Connection `, 'm').test(text)) continue;
    const block = new RegExp(`^type ${type}\\b[^]*?^\\}\\n`, 'm').exec(text);
    if (!block) throw new Error(`schema.graphql has ${type}Connection, but no type ${type}.`);
    const end = block.index + block[0].length;
    text = `${text.slice(0, end)}\n${connectionOf(type)}${text.slice(end)}`;
  }
  return text;
}

/** The sentences of the first connection that has them: they are the same everywhere. */
function pageArguments(sdl: string): string {
  return ['first: Int', 'after: String', 'last: Int', 'before: String']
    .map((argument) => new RegExp(`^ {4}".*"\\n {4}${argument}$`, 'm').exec(sdl)?.[0] ?? `    ${argument}`)
    .join('\n');
}

/** In the words of the other connections. An irregular plural is corrected by hand. */
function connectionOf(type: string): string {
  const words = type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  const plural = `${words.replace(/(?<![aeiou])y$/, 'ie')}s`;
  const article = /^[aeiou]/.test(words) ? 'An' : 'A';
  return `"A page of ${plural}."
type ${type}Connection {
  "The ${plural} with their cursors."
  edges: [${type}Edge!]!
  "The ${plural} without cursors."
  nodes: [${type}!]!
  "Information about this page."
  pageInfo: PageInfo!
  "Total number of items on all pages."
  totalCount: Int!
}

"${article} ${words} with its cursor."
type ${type}Edge {
  "The item's cursor, for \`after\` and \`before\`."
  cursor: String!
  "The ${words}."
  node: ${type}!
}
`;
}
