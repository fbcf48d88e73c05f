// What Discourse's Markdown has and others have not: quotes of posts, polls, hidden parts, addresses of uploads.
import { escapeText } from '../../../text/write-markdown.ts';

/** A tag stands at the beginning of a line, or ends one. Inside of a line it is text. */
const QUOTE = /^ {0,3}\[quote(?:=([^\]]*))?\](.*)$/i;
const QUOTE_END = /\[\/quote\][ \t]*$/i;
const DETAILS = /^ {0,3}\[details(?:=([^\]]*))?\][ \t]*$/i;
/** Lines that are left out: the options of a poll are a list between them. */
const OMITTED = /^ {0,3}\[(?:\/details|\/?poll)(?:[ \t][^\]]*)?\][ \t]*$/i;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** As deep as quotes of quotes are shown as such. Each level adds to every line of the text. */
const QUOTE_DEPTH_MAX = 8;

type Part =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly text: string; readonly by: string };

/** The Markdown of a post as other forums read it. `site` is the host that has its uploads. */
export function markdownOfRaw(raw: string, site: string): string {
  const parts = partsOf(raw);
  const paired = pairsOf(parts);
  const lines: string[] = [];
  let depth = 0;
  const prefix = () => '> '.repeat(Math.min(depth, QUOTE_DEPTH_MAX));
  const add = (text: string) => lines.push(`${prefix()}${text}`.trimEnd());
  for (const part of parts) {
    if (part.kind === 'open' && paired.has(part)) {
      add('');
      depth++;
      if (part.by !== '') lines.push(`${prefix()}**${escapeText(part.by)}:**`, prefix().trimEnd());
    } else if (part.kind === 'close' && paired.has(part)) {
      depth--;
      add('');
    } else if (part.kind === 'code') lines.push(`${prefix()}${part.text}`);
    else if (part.kind === 'text') lines.push(...mended(part.text, site).map((line) => `${prefix()}${line}`));
    else lines.push(`${prefix()}${part.text}`);
  }
  // a post may hold nothing but a poll without options
  return lines.join('\n').trim() === '' ? raw : lines.join('\n').replace(/^\n+/, '');
}

/** The lines of a text, and the tags of quotes at their ends as parts of their own. */
function partsOf(raw: string): Part[] {
  const parts: Part[] = [];
  let fence = '';
  for (const line of raw.split(/\r?\n/)) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    if (fence !== '') {
      parts.push({ kind: 'code', text: line });
      if (mark.startsWith(fence) && line.trim() === mark) fence = '';
    } else if (mark !== '') {
      parts.push({ kind: 'code', text: line });
      fence = mark;
    } else parts.push(...partsOfLine(line));
  }
  return parts;
}

function partsOfLine(line: string): Part[] {
  const opened = QUOTE.exec(line);
  const rest = opened?.[2] ?? line;
  const end = QUOTE_END.exec(rest);
  const text = end ? rest.slice(0, end.index) : rest;
  if (!(opened || end)) return OMITTED.test(line) ? [] : [{ kind: 'text', text: line }];
  return [
    ...(opened
      ? [{ kind: 'open', text: line.slice(0, line.length - rest.length), by: nameIn(opened[1]) } as const]
      : []),
    ...(text.trim() === '' ? [] : [{ kind: 'text', text } as const]),
    ...(end ? [{ kind: 'close', text: end[0], by: '' } as const] : []),
  ];
}

/** The name in `"Ada L., post:1, topic:3, username:ada"`. Empty if there is none. */
function nameIn(attributes = ''): string {
  const [first = ''] = attributes.split(/,\s*(?:post|topic|full|username):/);
  const name = first.replace(/^["'“”]+|["'“”]+$/g, '').trim();
  return /^(?:post|topic):/.test(name) ? '' : name;
}

/** The tags of quotes that belong to each other. Others are text. */
function pairsOf(parts: readonly Part[]): ReadonlySet<Part> {
  const paired = new Set<Part>();
  const open: Part[] = [];
  for (const part of parts) {
    if (part.kind === 'open') open.push(part);
    const begin = part.kind === 'close' ? open.pop() : undefined;
    if (begin) paired.add(begin).add(part);
  }
  return paired;
}

/** A line as it is shown: a summary as bold text, images and files with the addresses where they are. */
function mended(line: string, site: string): string[] {
  const details = DETAILS.exec(line);
  if (details) return details[1] ? [`**${escapeText(details[1].replace(/^"|"$/g, ''))}**`, ''] : [];
  const shown = line.replaceAll(/\|[^\]|[]{1,40}\]\(upload:\/\//g, '](upload://');
  return [shown.replaceAll('](upload://', `](https://${site}/uploads/short-url/`)];
}
