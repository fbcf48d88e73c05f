// A bookmark of a merged discussion becomes one of the destination, unless its owner has bookmarked that too.
import { change } from '../../store/index.ts';
import { discussionsMerged, discussionsUnmerged } from '../merge/index.ts';

const move = change(
  'bookmark.moveMerged',
  `UPDATE bookmark SET discussion_id = ? WHERE discussion_id = ?
    AND id IN (SELECT m.row_id FROM merged_row m WHERE m.source_id = ?)`,
  { table: 'bookmark', sets: ['discussion_id'], by: ['discussion_id', 'discussion_id', null] },
);

discussionsMerged.listen((tx, { sourceId, destinationId }) =>
  tx.run(move, [destinationId, sourceId, sourceId]),
);
discussionsUnmerged.listen((tx, { sourceId, destinationId }) =>
  tx.run(move, [sourceId, destinationId, sourceId]),
);
