// The rights with which a write ran, stored beside its outcome. A repeat is answered only to those who still have them.
import { ROLES, type Viewer } from './viewer.ts';

interface Rights extends Pick<Viewer, 'role' | 'canWrite'> {
  /** The row ids that the role is limited to: a moderator's categories, a vendor's products. */
  readonly scope: 'ALL' | readonly string[];
}

/** The viewer's rights in the form that is stored. Null for a guest. */
export function rightsOf(viewer: Viewer | null): string | null {
  return viewer && JSON.stringify(ofViewer(viewer));
}

function ofViewer({ role, canWrite, moderates, speaksFor }: Viewer): Rights {
  if (role === 'VENDOR') return { role, canWrite, scope: [...speaksFor] };
  const isLimited = role === 'MODERATOR' && moderates !== 'ALL';
  return { role, canWrite, scope: isLimited ? [...moderates] : 'ALL' };
}

/** Whether the viewer has all of these rights. Null stands for those of a guest. */
export function hasRights(viewer: Viewer | null, stored: string | null): boolean {
  if (stored === null) return true;
  if (viewer === null) return false;
  const [had, has] = [JSON.parse(stored) as Rights, ofViewer(viewer)];
  if (had.canWrite && !has.canWrite) return false;
  if (had.role !== has.role) return ROLES.indexOf(has.role) > ROLES.indexOf(had.role);
  if (has.scope === 'ALL') return true;
  return had.scope !== 'ALL' && had.scope.every((id) => has.scope.includes(id));
}
