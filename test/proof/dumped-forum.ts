// The small forum of forum-dumps.ts.

export const TOPICS = 100;
export const COMMENTS = 9;
export const PEOPLE = 15;
export const SITE = 'old.example';

/** What an import is started with: the files, and the arguments after their path. */
export interface ForumDump {
  readonly files: Readonly<Record<string, string>>;
  /** The folder of the files is imported. Omitted: the only file. */
  readonly isFolder?: boolean;
  readonly arguments: readonly string[];
}

export interface Text {
  readonly id: number;
  readonly body: string;
  readonly person: number;
  readonly minute: number;
}
export interface Comment extends Text {
  /** The id of the comment that it replies to. */
  readonly replyTo: number | null;
}
export interface Topic extends Text {
  readonly title: string;
  readonly comments: readonly Comment[];
}

export const topics: readonly Topic[] = Array.from({ length: TOPICS }, (_, t) => {
  const id = 1 + t * (COMMENTS + 1);
  const comments = Array.from({ length: COMMENTS }, (_, c): Comment => {
    const replyTo = c % 3 === 0 ? null : id + c;
    const text = { body: `Comment ${c} of topic ${t}`, person: (t + c) % PEOPLE, minute: t * 20 + c + 1 };
    return { id: id + c + 1, replyTo, ...text };
  });
  const text = { title: `Topic ${t}`, body: `Question ${t}`, person: t % PEOPLE, minute: t * 20 };
  return { id, comments, ...text };
});
export const people = Array.from({ length: PEOPLE }, (_, n) => ({ id: n + 1, name: `Person ${n}` }));
export const at = (minute: number) => new Date(Date.UTC(2021, 0, 1, 0, minute)).toISOString();
