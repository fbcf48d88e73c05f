// Rows of a backup's tables. Times and flags are as PostgreSQL writes them: '2024-03-01 09:30:00', 't', 'f'.

export interface TopicRow {
  readonly id: number;
  readonly title: string;
  readonly slug: string | null;
  readonly archetype: string | null;
  readonly categoryId: number | null;
  readonly isRestricted: 0 | 1;
  readonly views: number | null;
  readonly visible: string | null;
  readonly closed: string | null;
  readonly archived: string | null;
  readonly pinnedGlobally: string | null;
  readonly pinnedAt: string | null;
  readonly createdAt: string | null;
  readonly deletedAt: string | null;
  readonly lastPostedAt: string | null;
  readonly line: number;
}

export interface PostRow {
  readonly id: number;
  readonly number: number;
  readonly userId: number;
  readonly username: string | null;
  readonly kind: number;
  readonly raw: string | null;
  readonly cooked: string | null;
  readonly replyTo: number | null;
  readonly version: number;
  readonly likeCount: number | null;
  readonly createdAt: string | null;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly hidden: string | null;
  readonly userDeleted: string | null;
  readonly line: number;
}
