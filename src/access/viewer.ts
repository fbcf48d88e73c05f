import { ALLOWED, enforce, refused, type Verdict } from './verdict.ts';

/** In ascending order. */
export const ROLES = ['MEMBER', 'VENDOR', 'MODERATOR', 'ADMIN'] as const;

export type Role = (typeof ROLES)[number];

/** Who sends the request, as rules see them. An API key may have fewer rights than its author. */
export interface Viewer {
  /** The author's row id. */
  readonly id: string;
  /** The role that this credential grants. */
  readonly role: Role;
  /** False for a read-only API key. */
  readonly canWrite: boolean;
  /** The row ids of a moderator's categories. ALL includes what has no category. */
  readonly moderates: 'ALL' | ReadonlySet<string>;
  /** The row ids of the products that a vendor represents. */
  readonly speaksFor: ReadonlySet<string>;
  /** How they authenticated. `id` is the row of the session or key. */
  readonly credential: {
    readonly kind: 'SESSION' | 'API_KEY' | 'EXTERNAL_TOKEN';
    readonly id: string | null;
  };
}

/**
 * The first step of every write: returns the viewer. Throws UNAUTHENTICATED for a guest, and FORBIDDEN for a read-only
 * key.
 */
export function requireWriter({ viewer }: { readonly viewer: Viewer | null }): Viewer {
  enforce(mayWrite(viewer));
  return viewer as Viewer;
}

/** Whether the viewer may write at all. Every rule checks this first. */
export function mayWrite(viewer: Viewer | null): Verdict {
  if (viewer === null) return refused('UNAUTHENTICATED', 'Sign in first.');
  return viewer.canWrite ? ALLOWED : refused('FORBIDDEN', 'This API key is read-only.');
}

/** Whether the viewer moderates a category. Null stands for what has no category. */
export function isModeratorOf(viewer: Viewer | null, categoryId: string | null): boolean {
  if (viewer === null) return false;
  if (viewer.role === 'ADMIN') return true;
  if (viewer.role !== 'MODERATOR') return false;
  return viewer.moderates === 'ALL' || (categoryId !== null && viewer.moderates.has(categoryId));
}

/** Whether the viewer moderates the whole forum. */
export function isModeratorOfAll(viewer: Viewer | null): boolean {
  if (viewer === null) return false;
  return viewer.role === 'ADMIN' || (viewer.role === 'MODERATOR' && viewer.moderates === 'ALL');
}

/** Whether the viewer represents a product. Null stands for no product. */
export function isVendorOf(viewer: Viewer | null, productId: string | null): boolean {
  return viewer?.role === 'VENDOR' && productId !== null && viewer.speaksFor.has(productId);
}
