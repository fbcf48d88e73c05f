import { type FragmentType, graphql, readFragment } from '../generated/graphql/index.ts';
import type { Page } from '../http/answers.ts';

/** What the header of every page shows. Each page's query spreads it. */
const Frame = graphql(`
  fragment Frame on Query {
    viewer {
      author {
        id
        name
        handle
      }
    }
  }
`);

/** The viewer for `page({ viewer })`. */
export function viewerOf(data: FragmentType<typeof Frame>): Page['viewer'] {
  const { viewer } = readFragment(Frame, data);
  const author = viewer?.author;
  return author ? { id: author.id, name: author.name ?? author.handle ?? '?' } : null;
}
