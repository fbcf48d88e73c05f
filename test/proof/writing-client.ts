/** A mutation that a client has sent, and what became of it. */
export interface Sent {
  readonly mutation: 'addComment' | 'setVote' | 'createDiscussion';
  readonly input: Readonly<Record<string, string>>;
  /** The whole answer; null: the connection ended before there was one. */
  answer: { data: unknown } | null;
}

const RETURNS = {
  addComment: 'comment { id body }',
  setVote: 'subject { id viewerVote }',
  createDiscussion: 'discussion { id body }',
};
const DIRECTIONS = ['UP', 'DOWN', 'NONE'];

/** Sends a mutation, new or again, and notes the answer. Throws where it is refused. */
export async function send(url: string, token: string, sent: Sent): Promise<void> {
  const { mutation, input } = sent;
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${RETURNS[mutation]} } }`;
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
  })
    .then(async (response) => (await response.json()) as { data: unknown; errors?: unknown })
    .catch(() => null);
  if (answer?.errors) throw new Error(JSON.stringify({ sent, answer }));
  if (answer) sent.answer = answer;
}

/** Writes one mutation after another until one is not answered; `log` grows with what was sent. */
export async function writeOn(
  url: string,
  { token, name, subjects }: { token: string; name: string; subjects: readonly string[] },
  log: Sent[],
): Promise<void> {
  for (;;) {
    const text = `${name}, ${log.length}`;
    const idempotencyKey = `key of ${text}`;
    const subject = subjects[log.length % subjects.length] ?? '';
    const turn = log.length % 8;
    const next = (mutation: Sent['mutation'], input: Record<string, string>): Sent => ({
      ...{ mutation, input: { ...input, idempotencyKey }, answer: null },
    });
    const sent =
      turn === 7
        ? next('createDiscussion', { title: text, body: text })
        : turn % 2 === 0
          ? next('addComment', { discussionId: subjects[0] ?? '', body: text })
          : next('setVote', { subjectId: subject, direction: DIRECTIONS[log.length % 3] ?? 'UP' });
    log.push(sent);
    await send(url, token, sent);
    if (sent.answer === null) return;
  }
}
