export interface CommentDraft {
  readonly body: string;
  readonly postedAt?: string;
  readonly net?: number;
  /** Further metadata lines, such as `Reply to: Comment 1`. */
  readonly more?: readonly string[];
}

export interface DiscussionDraft {
  readonly title: string;
  readonly body?: string;
  readonly postedAt?: string;
  readonly product?: string;
  readonly category?: string;
  readonly more?: readonly string[];
  readonly comments?: readonly CommentDraft[];
  readonly related?: readonly { readonly title: string; readonly url: string }[];
}

const list = (lines: readonly (string | false | undefined)[]) =>
  lines.filter(Boolean).map((line) => `- ${line}`);

const link = (name: string, kind: string) =>
  `[${name}](https://example.com/${kind}/${name.toLowerCase().replaceAll(' ', '-')})`;

/** A thread document with just what a test needs. */
export function threadDocument(draft: DiscussionDraft): string {
  const { title, body = title, postedAt = '3 days', comments = [], related = [] } = draft;
  return [
    `# ${title}`,
    body,
    '##### Post Metadata',
    ...list([`Posted at: ${postedAt}`, ...(draft.more ?? [])]),
    ...(comments.length > 0 ? ['## Comments'] : []),
    ...comments.flatMap((comment, index) => [
      `### Comment ${index + 1}`,
      comment.body,
      '##### Comment Metadata',
      ...list([
        `Posted at: ${comment.postedAt ?? '1 day'}`,
        comment.net !== undefined && `Net upvotes: ${comment.net}`,
        ...(comment.more ?? []),
      ]),
    ]),
    ...(draft.product ? ['## Related Product', link(draft.product, 'products')] : []),
    ...(draft.category ? ['## Related Category', link(draft.category, 'categories')] : []),
    ...(related.length > 0 ? ['## Related discussions'] : []),
    ...list(related.map((one) => `[${one.title}](${one.url})`)),
  ]
    .join('\n\n')
    .replaceAll(/\n\n(- )/g, '\n$1');
}
