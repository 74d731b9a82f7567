import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { isUnavailable } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';

/** The status of a page that shows a problem. */
export type ProblemStatus = 403 | 404 | 500 | 503;

/** Also the status of a refused authorization request, of one that has ended, and of a rate limit. */
type PageStatus = ProblemStatus | 400 | 410 | 429;

const responses = () => once('page-responses', () => new AsyncLocalStorage<ServerResponse>());

/** Renders a page so that `setPageStatus` reaches its response. */
export const withPageStatus = <T>(response: ServerResponse, render: () => T): T => responses().run(response, render);

/**
 * Sets the status of the page that is being rendered. `notFound()` would answer with an empty document that only a browser with
 * JavaScript fills; a page that sets the status and returns its content works for everyone.
 */
export function setPageStatus(status: PageStatus): void {
  const response = responses().getStore();
  if (response && !response.headersSent) response.statusCode = status;
}

/** Returns the status of the page for an error; 500 for an unexpected one. */
export function problemStatusOf(error: unknown): ProblemStatus {
  if (isRegistryError(error) && error.code === 'not_found') return 404;
  if (isRegistryError(error) && error.code === 'forbidden') return 403;
  return isUnavailable(error) ? 503 : 500;
}

const notKept = () => once('what-was-not-kept', () => new WeakSet<ServerResponse>());

/** Notes that a form's values were not saved, for the page that answers the form. */
export function noteNotKept(): void {
  const response = responses().getStore();
  if (response) notKept().add(response);
}

export function wasNotKept(): boolean {
  const response = responses().getStore();
  return response !== undefined && notKept().has(response);
}

const whoAsked = () => once('who-was-asked', () => new WeakSet<ServerResponse>());

/** Notes that our own code has begun to answer the request: it identifies the person first. */
export function noteAskedWho(): void {
  const response = responses().getStore();
  if (response) whoAsked().add(response);
}

export const askedWho = (response: ServerResponse): boolean => whoAsked().has(response);

/** The id of the current request. */
export const currentRequestId = (): string | undefined => responses().getStore()?.getHeader('x-request-id')?.toString();
