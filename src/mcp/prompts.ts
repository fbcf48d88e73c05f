// What a user can choose from a menu of their client.
import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

const QUESTION = z.object({ question: z.string().min(1).max(2000).describe('The question.') });
const DISCUSSION = z.object({
  slug: z.string().min(1).max(500).describe('The slug of the discussion, the last part of its URL.'),
});
const TOPIC = z.object({ topic: z.string().min(1).max(2000).describe('What the question is about.') });

export function registerPrompts(server: McpServer): void {
  server.registerPrompt(
    'research_question',
    {
      title: 'What does the forum say?',
      description: 'Answers a question from what the forum has, with links.',
      argsSchema: QUESTION,
    },
    ({ question }) =>
      said(`Answer this question from the forum: ${question}

Search with search_discussions and find_similar_questions, read what fits with read_discussion, and prefer accepted answers,
official statements and comments with many votes. Link each statement to the comment that it is from. Say what the forum
doesn't answer.`),
  );
  server.registerPrompt(
    'summarize_discussion',
    {
      title: 'Summarize a discussion',
      description: 'The question, the answers and where people disagree.',
      argsSchema: DISCUSSION,
    },
    ({ slug: name }) =>
      said(`Read the discussion "${name}" with read_discussion and summarize it: the question, the accepted answer if there
is one, what else was proposed with how many votes, and where people disagree. Link the comments.`),
  );
  server.registerPrompt(
    'draft_question',
    {
      title: 'Draft a question',
      description: 'Looks for an answer first, then writes a question for the forum.',
      argsSchema: TOPIC,
    },
    ({ topic }) =>
      said(`Help me ask the forum about this: ${topic}

First look for an answer with find_similar_questions and search_discussions. If there is none, write a title and a text,
choose a category, a product and tags from the resources, and check them with ask_question and dryRun: true. Show me the
result. Publish it only when I agree, with an idempotencyKey.`),
  );
}

function said(text: string) {
  return { messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] };
}
