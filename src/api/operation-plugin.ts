import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
  GraphQLRequestListener,
} from '@apollo/server';
import type { MaybePromise } from '../store/index.ts';

/**
 * What is asked of operations before and after they run: Apollo's hooks, as far as both ways of a request call them.
 * One that has nothing to wait for answers at once, so that the request need not wait for it either.
 */
export interface OperationPlugin<TContext extends BaseContext = BaseContext> {
  requestDidStart?(request: GraphQLRequestContext<TContext>): MaybePromise<OperationListener<TContext>>;
}

export interface OperationListener<TContext extends BaseContext = BaseContext> {
  didResolveOperation?(request: GraphQLRequestContextDidResolveOperation<TContext>): MaybePromise<void>;
  didEncounterErrors?(request: GraphQLRequestContextDidEncounterErrors<TContext>): MaybePromise<void>;
  willSendResponse?(request: GraphQLRequestContextWillSendResponse<TContext>): MaybePromise<void>;
}

/** The same for Apollo, which starts the hooks of all before it waits for any: what one throws must not keep out the next. */
export function forApollo<TContext extends BaseContext>({
  requestDidStart,
}: OperationPlugin<TContext>): ApolloServerPlugin<TContext> {
  if (!requestDidStart) return {};
  return {
    requestDidStart: async (request) => {
      const listener = await requestDidStart(request);
      const { didResolveOperation, didEncounterErrors, willSendResponse } = listener;
      const waited: GraphQLRequestListener<TContext> = {};
      if (didResolveOperation)
        waited.didResolveOperation = async (now) => didResolveOperation.call(listener, now);
      if (didEncounterErrors)
        waited.didEncounterErrors = async (now) => didEncounterErrors.call(listener, now);
      if (willSendResponse) waited.willSendResponse = async (now) => willSendResponse.call(listener, now);
      return waited;
    },
  };
}
