// The properties that Google's documentation of QAPage and DiscussionForumPosting requires and recommends.
import { ANONYMOUS, type StructuredData } from './structured-data.ts';

interface StructuredDataIssue {
  readonly path: string;
  readonly message: string;
  readonly isRequired: boolean;
}

/** An object of JSON-LD, as far as it is known before it is checked. */
type Item = Readonly<Record<string, unknown>>;

interface Rules {
  /** Each a list of properties of which one must be there. */
  readonly required: readonly (readonly string[])[];
  readonly recommended: readonly string[];
}

const RULES: Readonly<Record<string, (item: Item) => Rules>> = {
  QAPage: () => ({ required: [['mainEntity']], recommended: [] }),
  Question: ({ answerCount }) => ({
    required: [
      ['name'],
      ['answerCount'],
      // a question that nobody has answered yet has neither
      ...(answerCount === 0 ? [] : [['acceptedAnswer', 'suggestedAnswer']]),
    ],
    recommended: ['text', 'author', 'datePublished', 'upvoteCount', 'commentCount', 'url'],
  }),
  Answer: () => ({ required: [['text']], recommended: ['author', 'datePublished', 'upvoteCount', 'url'] }),
  DiscussionForumPosting: () => ({
    required: [['author'], ['datePublished'], ['text', 'image', 'video']],
    recommended: ['headline', 'url', 'commentCount', 'interactionStatistic'],
  }),
  Comment: ({ creativeWorkStatus }) => ({
    required: [
      ['author'],
      ['datePublished'],
      ...(creativeWorkStatus === 'Deleted' ? [] : [['text', 'image', 'video']]),
    ],
    recommended: ['url'],
  }),
  // a person without a name has no page either
  Person: ({ name }) => ({ required: [['name']], recommended: name === ANONYMOUS ? [] : ['url'] }),
  Organization: () => ({ required: [['name']], recommended: [] }),
  InteractionCounter: () => ({ required: [['interactionType'], ['userInteractionCount']], recommended: [] }),
  LikeAction: () => ({ required: [], recommended: [] }),
};

const URLS = ['url', '@id', 'image', 'mainEntityOfPage'];
const TIMES = ['datePublished', 'dateModified'];
const COUNTS = ['answerCount', 'commentCount', 'userInteractionCount'];
/** ISO 8601 with a time zone: without one, search engines take their own. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** What a document of JSON-LD lacks, in the order of its properties. */
export function findStructuredDataIssues(data: StructuredData | Item): StructuredDataIssue[] {
  return issuesOf(data as unknown as Item, '');
}

function issuesOf(item: Item, path: string): StructuredDataIssue[] {
  const type = String(item['@type']);
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const rules = RULES[type]?.(item);
  if (!rules) return [{ path: at('@type'), message: `${type} is not a known type.`, isRequired: true }];
  const missing = (names: readonly string[], isRequired: boolean) =>
    names.some((name) => !isEmpty(item[name]))
      ? []
      : [{ path: at(names[0] ?? ''), message: messageOf(type, names, isRequired), isRequired }];
  return [
    ...rules.required.flatMap((names) => missing(names, true)),
    ...rules.recommended.flatMap((name) => missing([name], false)),
    ...Object.entries(item).flatMap(([name, value]) => [
      ...valueIssues(name, value, at(name)),
      ...nested(value, at(name)),
    ]),
  ];
}

function messageOf(type: string, names: readonly string[], isRequired: boolean): string {
  return `${type} ${isRequired ? 'requires' : 'should have'} ${names.map((name) => `\`${name}\``).join(' or ')}.`;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function nested(value: unknown, path: string): StructuredDataIssue[] {
  if (Array.isArray(value)) return value.flatMap((member, index) => nested(member, `${path}[${index}]`));
  return typeof value === 'object' && value !== null ? issuesOf(value as Item, path) : [];
}

function valueIssues(name: string, value: unknown, path: string): StructuredDataIssue[] {
  const wrong = (message: string) => [{ path, message, isRequired: true }];
  if (URLS.includes(name) && !isAbsoluteUrl(value))
    return wrong('This is not an absolute http or https URL.');
  if (TIMES.includes(name) && !(typeof value === 'string' && TIME.test(value)))
    return wrong('This is not a time in ISO 8601 with a time zone.');
  if (COUNTS.includes(name) && !(Number.isInteger(value) && (value as number) >= 0))
    return wrong('This is not a whole number from 0.');
  if (name === 'upvoteCount' && !Number.isInteger(value)) return wrong('This is not a whole number.');
  if (name === 'acceptedAnswer' && Array.isArray(value)) return wrong('A question has one accepted answer.');
  return [];
}

function isAbsoluteUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
