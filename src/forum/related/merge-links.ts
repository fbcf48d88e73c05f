// Links to a merged discussion lead to the destination, unless their discussion has a link to that too.
import { change } from '../../store/index.ts';
import { discussionsMerged, discussionsUnmerged } from '../merge/index.ts';

const move = change(
  'related.moveMerged',
  `UPDATE related_link SET target_id = ? WHERE target_id = ?
    AND id IN (SELECT m.row_id FROM merged_row m WHERE m.source_id = ?)`,
  { table: 'related_link', sets: ['target_id'], by: ['target_id', 'target_id', null] },
);

discussionsMerged.listen((tx, { sourceId, destinationId }) =>
  tx.run(move, [destinationId, sourceId, sourceId]),
);
discussionsUnmerged.listen((tx, { sourceId, destinationId }) =>
  tx.run(move, [sourceId, destinationId, sourceId]),
);
