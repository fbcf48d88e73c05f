// The playground's page: GraphiQL on this server's own API. Bundled by scripts/playground.ts.
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { createElement, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './main.css';
import { defaultTabs } from './default-tabs.js';

/* global WORKERS, ICON */

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(new URL(WORKERS[label] ?? WORKERS.editor, import.meta.url)),
};

/** Sends one operation. The answer is shown whatever its HTTP status is. */
async function fetcher({ query, variables, operationName }, { headers } = {}) {
  // For a moment after a change of tabs, the editor still gives the name of the other tab's operation.
  const name = operationName && query.includes(operationName) ? operationName : undefined;
  const response = await fetch('./graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables, operationName: name }),
  });
  return response.json();
}

/** Runs the tab that is open when the page is, if it is one of ours: a first visit sees an answer, not a blank. */
function RunFirst() {
  const { queryEditor, responseEditor, schema } = useGraphiQL(
    pick('queryEditor', 'responseEditor', 'schema'),
  );
  const { run } = useGraphiQLActions();
  const hasRun = useRef(false);
  useEffect(() => {
    if (!queryEditor || !responseEditor || !schema || hasRun.current) return;
    hasRun.current = true;
    if (defaultTabs.some((tab) => tab.query === queryEditor.getValue())) run();
  }, [queryEditor, responseEditor, schema, run]);
  return null;
}

const name = createElement(
  'a',
  { className: 'playground-name', href: './', title: 'Parley' },
  createElement('img', { src: new URL(ICON, import.meta.url).href, alt: '' }),
  'Parley',
);

createRoot(document.getElementById('playground')).render(
  createElement(
    GraphiQL,
    { fetcher, defaultTabs, defaultEditorToolsVisibility: false, shouldPersistHeaders: false },
    createElement(GraphiQL.Logo, null, name, createElement(RunFirst)),
  ),
);
