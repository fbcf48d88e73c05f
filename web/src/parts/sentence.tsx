import { translateSentence } from '../language/api-sentences.ts';
import { usePage } from './page-context.ts';

interface SentenceProps {
  readonly message: string | null | undefined;
  /** Whether it is the front end's own, which is in the reader's language. */
  readonly isOwn?: boolean | undefined;
}

/** What the API says to people, in the reader's language, or marked as English if it has no translation. */
export function Sentence({ message, isOwn = false }: SentenceProps) {
  const { language } = usePage();
  if (!message) return null;
  const translation = isOwn ? message : translateSentence(language, message);
  return translation === null ? <span lang="en">{message}</span> : translation;
}
