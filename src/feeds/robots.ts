import type { Context } from '../access/context.ts';

/** robots.txt: the API is not for search engines, and the sitemap is. */
export function writeRobots({ siteUrl }: Pick<Context, 'siteUrl'>): string {
  return `User-agent: *\nDisallow: /graphql\n\nSitemap: ${siteUrl}/sitemap.xml\n`;
}
