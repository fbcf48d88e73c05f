/** "1 comment", "12 comments". The plural is the noun with an s unless it is given. */
export function amount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
