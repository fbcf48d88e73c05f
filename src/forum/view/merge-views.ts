// Views of a merged discussion count for the destination.
import { change } from '../../store/index.ts';
import { discussionsMerged, discussionsUnmerged } from '../merge/index.ts';
import { COUNT_MAX } from './add-views.ts';

const add = change(
  'view.addMerged',
  `INSERT INTO discussion_view_count (discussion_id, view_count)
    SELECT d.id, v.view_count FROM discussion d JOIN discussion_view_count v ON v.discussion_id = ? WHERE d.id = ?
    ON CONFLICT (discussion_id) DO UPDATE SET view_count = discussion_view_count.view_count + excluded.view_count
    WHERE discussion_view_count.view_count <= ${COUNT_MAX} - excluded.view_count`,
  { table: 'discussion_view_count', sets: null, by: ['discussion_id', null] },
);
const subtract = change(
  'view.subtractMerged',
  `UPDATE discussion_view_count SET view_count = view_count -
      (SELECT v.view_count FROM discussion_view_count v WHERE v.discussion_id = ?)
    WHERE discussion_id = ? AND view_count >=
      (SELECT v.view_count FROM discussion_view_count v WHERE v.discussion_id = ?)`,
  {
    table: 'discussion_view_count',
    sets: ['view_count'],
    by: ['discussion_id', 'discussion_id', 'discussion_id'],
  },
);

discussionsMerged.listen((tx, { sourceId, destinationId }) => tx.run(add, [sourceId, destinationId]));
discussionsUnmerged.listen((tx, { sourceId, destinationId }) =>
  tx.run(subtract, [sourceId, destinationId, sourceId]),
);
