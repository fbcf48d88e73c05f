import { headerOf } from '../http-request.ts';
import type { OperationPlugin } from '../operation-plugin.ts';
import { shownLimits } from './limits-fields.ts';
import { costOf, type QueryCost } from './query-cost.ts';
import type { QueryLimits } from './query-limits.ts';

/** A request with `x-query-cost: 1` is told in `extensions.cost` what its operation costs. */
const COST_HEADER = 'x-query-cost';

/** Refuses what asks for too much before anything of it runs, and says on request what an operation costs. */
export function queryCostPlugin(limits: QueryLimits): OperationPlugin {
  return {
    requestDidStart: () => {
      let cost: QueryCost | null = null;
      return {
        didResolveOperation: ({ schema, document, operation, request }) => {
          if (operation) cost = costOf(schema, document, operation, request.variables ?? {}, limits);
        },
        willSendResponse: ({ request, response: { body } }) => {
          if (!cost || body.kind !== 'single' || headerOf(request.http, COST_HEADER) !== '1') return;
          const { extensions } = body.singleResult;
          body.singleResult.extensions = { ...extensions, cost: { ...cost, limit: shownLimits(limits) } };
        },
      };
    },
  };
}
