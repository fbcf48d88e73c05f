import { type Refusal, unauthenticated } from './errors.ts';
import { ALLOWED, refusal, type Verdict } from './verdict.ts';

export type Role = 'MEMBER' | 'VENDOR' | 'MODERATOR' | 'ADMIN';

/** Who is asking, as far as rules need to know. An API key may carry less than its author could do: then so does this. */
export interface Viewer {
  /** The author's row id. */
  readonly id: string;
  /** What they may do at most by this credential. */
  readonly role: Role;
  /** False: an API key that only reads. */
  readonly canWrite: boolean;
  /** A moderator's categories by row id; ALL: of every category, and of what is in none. */
  readonly moderates: 'ALL' | ReadonlySet<string>;
  /** The products that a vendor speaks for, by row id. */
  readonly speaksFor: ReadonlySet<string>;
  /** How they have shown who they are. `id`: the session's or the key's row. */
  readonly credential: {
    readonly kind: 'SESSION' | 'API_KEY' | 'EXTERNAL_TOKEN';
    readonly id: string | null;
  };
}

/** The first step of every write: who does it. Throws UNAUTHENTICATED for a guest, FORBIDDEN for a key that only reads. */
export function requireWriter({ viewer }: { readonly viewer: Viewer | null }): Viewer {
  const verdict = mayWrite(viewer);
  if (!verdict.allowed) throw refusal(verdict);
  return viewer as Viewer;
}

/** Whether somebody may change anything at all. The first question of every rule. */
export function mayWrite(viewer: Viewer | null): Verdict {
  if (viewer === null)
    return { allowed: false, code: 'UNAUTHENTICATED', message: 'Sign in first.', unlocksAt: null };
  if (viewer.canWrite) return ALLOWED;
  return { allowed: false, code: 'FORBIDDEN', message: 'This API key is read-only.', unlocksAt: null };
}

/** Whether somebody keeps order in a category; null: in what has no category. */
export function isModeratorOf(viewer: Viewer | null, categoryId: string | null): boolean {
  if (viewer === null) return false;
  if (viewer.role === 'ADMIN') return true;
  if (viewer.role !== 'MODERATOR') return false;
  return viewer.moderates === 'ALL' || (categoryId !== null && viewer.moderates.has(categoryId));
}

/** Whether somebody keeps order everywhere: what belongs to no single category is theirs alone to change. */
export function isModeratorOfAll(viewer: Viewer | null): boolean {
  if (viewer === null) return false;
  return viewer.role === 'ADMIN' || (viewer.role === 'MODERATOR' && viewer.moderates === 'ALL');
}

/** Whether somebody speaks for a product; null: for none. */
export function isVendorOf(viewer: Viewer | null, productId: string | null): boolean {
  return viewer?.role === 'VENDOR' && productId !== null && viewer.speaksFor.has(productId);
}

/** What is thrown where the viewer's own things are asked for, and nobody is signed in. */
export function signInFirst(): Refusal {
  return unauthenticated('Sign in first.');
}
