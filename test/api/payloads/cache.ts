// A normalised cache as front ends have one: a record for each object with an id, merged field by field.
import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import { buildSchema } from '../../../src/api/schema.ts';

const schema = buildSchema();

/** The fields of each type that the cache holds. Objects in them are references. */
const FIELDS: Readonly<Record<string, string>> = {
  Author: 'handle authorName: name jobTitle role moderatedCategories { id } representedProducts { id }',
  Account: 'email emailConfirmedAt passwordChangedAt author { id }',
  Session: 'createdAt lastUsedAt expiresAt isCurrent',
  ApiKey: 'name scopes revokedAt',
  Product: 'name slug url',
  Category: 'name slug url isAnswerable',
  Tag: 'name slug',
  Discussion: `title body bodyHTML lastEditedAt revision externalId lastActivityAt commentCount isAnswered answeredAt
    answerRevision isAnswerChanged isLocked lockReason lockedAt isClosed closeReason closedAt upvoteCount downvoteCount
    netUpvotes viewerVote viewerHasBookmarked viewerDraft { id } viewerEditDraft { id } author { id } category { id } product { id } tags { id } answer { id }
    lastComment { id } answeredBy { id } lockedBy { id } closedBy { id } pin { label position expiresAt }
    comments(first: 10, orderBy: OLDEST) { totalCount nodes { id } } revisions(first: 10) { totalCount nodes { id } }
    duplicateOf { id } duplicates(first: 10) { totalCount nodes { id } }
    splitFrom { id } splitDiscussions(first: 10) { totalCount nodes { id } }
    relatedDiscussions(first: 10) { title url discussion { id } }`,
  DiscussionRevision:
    'revision title body redactedAt titleDiff { kind text } bodyDiff { kind text } discussion { id }',
  Comment: `body bodyHTML lastEditedAt revision isDeleted isAnswer isOfficial isVerifiedUser descendantCount depth
    upvoteCount downvoteCount netUpvotes viewerVote viewerDraft { id } viewerEditDraft { id } author { id } discussion { id } replyTo { id }
    replies(first: 10) { totalCount nodes { id } } revisions(first: 10) { totalCount nodes { id } }`,
  CommentRevision: 'revision body redactedAt bodyDiff { kind text } comment { id }',
  Bookmark: 'createdAt discussion { id }',
  Draft: `kind savedAt draftTitle: title body draftRevision: revision category { id } product { id } tags { id }
    draftDiscussion: discussion { id } draftComment: comment { id }`,
};

/** What a client selects of an object: every field that its cache holds, with what the viewer may do. */
function fieldsOf(type: string): string {
  const permissions =
    schema.getType(`${type}Permissions`) ?? (isCatalog(type) && schema.getType('CatalogPermissions'));
  const may = isObjectType(permissions) ? Object.keys(permissions.getFields()) : [];
  const viewerCan =
    may.length > 0 ? `viewerCan { ${may.map((name) => `${name} { isAllowed code }`).join(' ')} }` : '';
  const id = type === 'Account' ? '' : 'id';
  return `{ __typename ${id} ${FIELDS[type]} ${viewerCan} }`;
}

const isCatalog = (type: string) => ['Category', 'Product', 'Tag'].includes(type);

/** Everything of these objects. */
export const READ = `query ($ids: [ID!]!) { nodes(ids: $ids) { ${Object.keys(FIELDS)
  .filter((type) => type !== 'Account')
  .map((type) => `... on ${type} ${fieldsOf(type)}`)
  .join('\n')} } }`;
export const READ_ACCOUNT = `{ viewer { account ${fieldsOf('Account')} } }`;

/** The whole payload of a mutation. */
export function payloadOf(mutation: string): string {
  const payload = schema.getType(
    `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Payload`,
  ) as GraphQLObjectType;
  return Object.values(payload.getFields())
    .map(({ name, type }) => `${name} ${selectionOf(getNamedType(type) as GraphQLObjectType)}`)
    .join('\n');
}

function selectionOf(type: GraphQLObjectType): string {
  if (isLeafType(type)) return '';
  if (type.name === 'Votable')
    return `{ ... on Discussion ${fieldsOf('Discussion')} ... on Comment ${fieldsOf('Comment')} }`;
  const node = /^(\w+)Edge$/.exec(type.name)?.[1];
  return node ? `{ cursor node ${fieldsOf(node)} }` : fieldsOf(type.name);
}

type Value = null | string | number | boolean | readonly Value[] | { readonly [name: string]: Value };
type Fields = { [name: string]: Value };

/** Records by id. The account, which has none, is under its type's name. */
export class Cache {
  readonly records = new Map<string, Fields>();

  /** Merges every object with fields of its own, and replaces it by a reference. */
  add(value: Value): Value {
    if (Array.isArray(value)) return value.map((one) => this.add(one));
    if (value === null || typeof value !== 'object') return value;
    const fields = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.add(one)]));
    const key = (fields['id'] ?? fields['__typename']) as string | undefined;
    if (key === undefined || Object.keys(fields).length === 1) return fields;
    this.records.set(key, { ...this.records.get(key), ...fields });
    return { id: key };
  }

  /** Drops an object, and what belongs to it alone. */
  evict(id: string): void {
    this.records.delete(id);
    for (const [key, { discussion, comment }] of this.records) {
      const owner = (discussion ?? comment) as { id: string } | null | undefined;
      if (owner?.id === id) this.evict(key);
    }
  }

  /** Takes up a payload as a client does that knows nothing of the mutation: objects are merged, removed ids evicted. */
  takeUp(payload: Fields): void {
    for (const [name, value] of Object.entries(payload)) {
      if (/^(deleted|removed|revoked)\w+Ids?$/.test(name))
        for (const id of [value].flat()) id && this.evict(id as string);
    }
    this.add(payload as Value);
  }
}
