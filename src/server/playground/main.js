// The playground's page: GraphiQL on this server's own API. Bundled by scripts/playground.ts.
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { createElement, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './main.css';
import { defaultTabs, mutationTab } from './default-tabs.js';

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
  const answer = await response.json();
  if (operationName === 'IntrospectionQuery') sortTypes(answer);
  return answer;
}

/** The schema lists types by topic. Somebody who looks one up finds it by its name. */
function sortTypes({ data }) {
  data?.__schema?.types.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Wraps long lines, and runs the tab that is open when the page is, if it is one of ours and changes nothing: a first
 * visit sees an answer, not a blank.
 */
function RunFirst() {
  const { queryEditor, variableEditor, responseEditor, schema } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'responseEditor', 'schema'),
  );
  const { run } = useGraphiQLActions();
  const hasRun = useRef(false);
  useEffect(() => {
    queryEditor?.updateOptions({ wordWrap: 'on' });
  }, [queryEditor]);
  useEffect(() => {
    if (!queryEditor || !variableEditor || !responseEditor || !schema || hasRun.current) return;
    hasRun.current = true;
    const tab = defaultTabs.find(({ query }) => query === queryEditor.getValue());
    // GraphiQL fills in the variables of a tab only when it is opened later
    if (tab?.variables && variableEditor.getValue().trim() === '') variableEditor.setValue(tab.variables);
    if (tab && tab !== mutationTab) run();
  }, [queryEditor, variableEditor, responseEditor, schema, run]);
  return null;
}

/** Opens the headers when the tab with the mutation is opened, with the one to fill in: headers are never stored. */
function ShowHeaders() {
  const { activeTabIndex, queryEditor, headerEditor } = useGraphiQL(
    pick('activeTabIndex', 'queryEditor', 'headerEditor'),
  );
  const hasShown = useRef(false);
  useEffect(() => {
    // one turn later, the editors have the text of the new tab
    const timer = setTimeout(() => {
      if (queryEditor?.getValue() !== mutationTab.query || !headerEditor) return;
      if (headerEditor.getValue().trim() === '') headerEditor.setValue(mutationTab.headers);
      if (!hasShown.current) document.querySelector('.graphiql-editor-tools [data-name="headers"]')?.click();
      hasShown.current = true;
    });
    return () => clearTimeout(timer);
  }, [activeTabIndex, queryEditor, headerEditor]);
  return null;
}

const name = createElement(
  'a',
  { className: 'playground-name', href: './', title: 'Parley' },
  createElement('img', { src: new URL(ICON, import.meta.url).href, alt: '' }),
  createElement('span', null, 'Parley'),
);

createRoot(document.getElementById('playground')).render(
  createElement(
    GraphiQL,
    { fetcher, defaultTabs, defaultEditorToolsVisibility: false, shouldPersistHeaders: false },
    createElement(GraphiQL.Logo, null, name, createElement(RunFirst), createElement(ShowHeaders)),
  ),
);
