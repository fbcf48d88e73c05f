/** The arguments of a connection without an `orderBy`. */
const PAGE_ARGUMENTS = `    "Number of items from the start, at most 100. Defaults to 20 if \`last\` is omitted too."
    first: Int
    "Returns only items after this cursor."
    after: String
    "Number of items from the end, at most 100. Can't be combined with \`first\`."
    last: Int
    "Returns only items before this cursor."
    before: String`;
/** A field without arguments that answers a page. */
const BARE_FIELD = /^( {2}\w+)(: \w+Connection!)/gm;

/**
 * Adds what is missing of connections to the text of schema.graphql: to a field such as `votes: VoteConnection!` its
 * page arguments, and below the type `Vote` the types `VoteConnection` and `VoteEdge`. Everything else stays as it is.
 */
export function completeConnections(sdl: string): string {
  let text = sdl.replace(BARE_FIELD, `$1(\n${PAGE_ARGUMENTS}\n  )$2`);
  for (const [, type = ''] of sdl.matchAll(/: (\w+)Connection!/g)) {
    if (new RegExp(`^type ${type}Connection `, 'm').test(text)) continue;
    const block = new RegExp(`^type ${type}\\b[^]*?^\\}\\n`, 'm').exec(text);
    if (!block) throw new Error(`schema.graphql has ${type}Connection, but no type ${type}.`);
    const end = block.index + block[0].length;
    text = `${text.slice(0, end)}\n${connectionOf(type)}${text.slice(end)}`;
  }
  return text;
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
