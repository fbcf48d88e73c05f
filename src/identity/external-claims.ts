import { createHash } from 'node:crypto';
import { Refusal } from '../access/errors.ts';
import { ROLES, type Role } from '../access/viewer.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_TITLE,
  checkedAuthorName,
  HANDLE_CHARS_MAX,
  holdsEmail,
} from '../forum/author/index.ts';
import { checkedName, lineRule } from '../text/text-rules.ts';
import { checkedUrl, PICTURE_URL } from '../text/url-rule.ts';

/**
 * The claim for each member of a profile; null: none. A name with dots is a path into nested objects, unless a claim has
 * the whole name.
 */
export interface ClaimNames {
  readonly name: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly avatarUrl: string | null;
  readonly handle: string | null;
  readonly role: string | null;
  readonly categories: string | null;
  readonly products: string | null;
}

/**
 * The names of OpenID Connect where it has one. No claim gives a role unless the operator names it: providers issue
 * claims for many purposes.
 */
export const DEFAULT_CLAIMS: ClaimNames = {
  name: 'name',
  title: 'title',
  company: 'company',
  avatarUrl: 'picture',
  handle: 'preferred_username',
  role: null,
  categories: null,
  products: null,
};

/** What a token says about its bearer. Members that it does not say are omitted. */
export interface ExternalProfile {
  readonly description: {
    readonly name?: string;
    readonly title?: string;
    readonly company?: string;
    readonly avatarUrl?: string;
  };
  /** Omitted if no claim is for roles: then the forum decides. */
  readonly role?: Role;
  /** The slugs of a moderator's categories. */
  readonly categorySlugs?: readonly string[];
  /** The slugs of a vendor's products. */
  readonly productSlugs?: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

/** What the claims say about their bearer. A value that the forum's own rules refuse is omitted. */
export function profileIn(claims: Claims, names: ClaimNames): ExternalProfile {
  const text = (name: string | null, check: (value: string) => string) => {
    const value = claimAt(claims, name);
    return typeof value === 'string' ? accepted(value, check) : undefined;
  };
  const description = withoutUndefined({
    name: text(names.name, (value) => checkedAuthorName(value, 'name')),
    title: text(names.title, (value) => checkedName(value, AUTHOR_TITLE, 'title')),
    company: text(names.company, (value) => checkedName(value, AUTHOR_COMPANY, 'company')),
    avatarUrl: text(names.avatarUrl, (value) => checkedUrl(value, PICTURE_URL, 'avatarUrl')),
  });
  const roleScope = withoutUndefined({
    role: names.role === null ? undefined : roleIn(claimAt(claims, names.role)),
    categorySlugs: names.categories === null ? undefined : textsIn(claimAt(claims, names.categories)),
    productSlugs: names.products === null ? undefined : textsIn(claimAt(claims, names.products)),
  });
  return { description, ...roleScope };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/**
 * The preferred handle in the claims. Null if there is none, if it cannot be a name, or if it is an e-mail address, as
 * `preferred_username` is with many providers.
 */
export function handleIn(claims: Claims, names: ClaimNames): string | null {
  const value = claimAt(claims, names.handle);
  const rule = lineRule('A handle', HANDLE_CHARS_MAX);
  if (typeof value !== 'string' || holdsEmail(value)) return null;
  return accepted(value, (text) => checkedName(text, rule, '')) ?? null;
}

/** A hash by which a changed profile is recognised. */
export function hashOfProfile(profile: ExternalProfile): string {
  return createHash('sha256').update(JSON.stringify(profile)).digest('hex');
}

function claimAt(claims: Claims, name: string | null): unknown {
  if (name === null) return undefined;
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, key) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && Object.hasOwn(value, key) ? (value as Claims)[key] : undefined;
  }, claims);
}

/** The highest of the named roles. MEMBER if no known role is named. */
function roleIn(value: unknown): Role {
  const named = textsIn(value).map((text) => ROLES.indexOf(text.toUpperCase() as Role));
  return ROLES[Math.max(0, ...named)] ?? 'MEMBER';
}

function textsIn(value: unknown): string[] {
  const texts = [value].flat().filter((member) => typeof member === 'string');
  return [...new Set(texts)].sort();
}

function accepted(value: string, check: (value: string) => string): string | undefined {
  try {
    return check(value);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
