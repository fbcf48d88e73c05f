import type { Kind } from './imported-rows.ts';
import type { ForumRecord, RecordKey } from './records.ts';

/** A record of a row, or about one. */
export type BodyRecord = Exclude<ForumRecord, { type: 'forum' }>;

/** The key of a record among those of its type. Records without one have the key of what they are about. */
export function keyOf(record: BodyRecord): RecordKey {
  switch (record.type) {
    case 'vote':
      return `${record.discussion === undefined ? `comment ${record.comment}` : `discussion ${record.discussion}`} ${record.author}`;
    case 'answer':
    case 'duplicate':
    case 'split':
      return record.discussion;
    case 'revision':
      // a merged discussion and the comment that it has become have revisions of the same ids
      return record.discussion === undefined ? record.key : `discussion ${record.key}`;
    default:
      return record.key;
  }
}

/** The records to which a record refers, itself not among them. */
export function* referencesOf(record: BodyRecord): Generator<readonly [Kind, RecordKey]> {
  for (const [kind, keys] of members(record)) for (const key of keys) if (key) yield [kind, key];
}

type Keys = readonly (RecordKey | null | undefined)[];

function members(record: BodyRecord): readonly (readonly [Kind, Keys])[] {
  switch (record.type) {
    case 'author':
      return [
        ['category', record.categories ?? []],
        ['product', record.products ?? []],
      ];
    case 'discussion':
      return [
        ['author', [record.author, record.deletedBy, record.pin?.by, record.lock?.by, record.close?.by]],
        ['category', [record.category]],
        ['product', [record.product]],
        ['tag', record.tags ?? []],
        ['discussion', [record.merged?.into]],
        ['comment', [record.merged?.comment]],
      ];
    case 'comment':
      return [
        ['author', [record.author, record.deletedBy]],
        ['discussion', [record.discussion]],
        ['comment', [record.replyTo]],
      ];
    case 'revision':
      return [
        ['discussion', [record.discussion]],
        ['comment', [record.comment]],
        ['author', [record.editor]],
      ];
    case 'vote':
      return [
        ['discussion', [record.discussion]],
        ['comment', [record.comment]],
        ['author', [record.author]],
      ];
    case 'answer':
      return [
        ['discussion', [record.discussion]],
        ['comment', [record.comment]],
        ['author', [record.by]],
      ];
    case 'duplicate':
      return [['discussion', [record.discussion, record.of]]];
    case 'split':
      return [['discussion', [record.discussion, record.from]]];
    case 'link':
      return [
        ['discussion', [record.discussion, record.target]],
        ['author', [record.addedBy]],
      ];
    default:
      return [];
  }
}
