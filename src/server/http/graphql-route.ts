import type { FastifyInstance } from 'fastify';
import { GRAPHQL_PATH, type GraphQLAnswers } from '../../api/graphql-answers.ts';
import { sendAnswer } from '../../api/http-answer.ts';

/** Answers GraphQL over HTTP at /graphql: POST with JSON, GET for queries. */
export function installGraphQL(app: FastifyInstance, answers: GraphQLAnswers): void {
  app.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    exposeHeadRoute: false,
    handler: async (request, reply) => sendAnswer(reply, await answers(request, reply.raw)),
  });
}
