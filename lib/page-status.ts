import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { once } from './once.ts';

const responses = () => once('page-responses', () => new AsyncLocalStorage<ServerResponse>());

/** Renders a page so that `sayStatus` reaches its response. */
export const withPageStatus = <T>(response: ServerResponse, render: () => T): T => responses().run(response, render);

/**
 * The status of the page that is being rendered. `notFound()` answers 404 as well, but with an empty document that only a
 * browser with JavaScript fills: a page that says this and returns what it has to say is there for everyone.
 */
export function sayStatus(status: 403 | 404): void {
  const response = responses().getStore();
  if (response && !response.headersSent) response.statusCode = status;
}
