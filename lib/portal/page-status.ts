import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { isUnavailable } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';

/** What a page that cannot be what was asked for says instead. */
export type ProblemStatus = 403 | 404 | 500 | 503;

/** Also what a request was refused with before any page was asked for, and one that is gone. */
type PageStatus = ProblemStatus | 400 | 410 | 429;

const responses = () => once('page-responses', () => new AsyncLocalStorage<ServerResponse>());

/** Renders a page so that `setPageStatus` reaches its response. */
export const withPageStatus = <T>(response: ServerResponse, render: () => T): T => responses().run(response, render);

/**
 * The status of the page that is being rendered. `notFound()` answers 404 as well, but with an empty document that only a
 * browser with JavaScript fills: a page that says this and returns what it has to say is there for everyone.
 */
export function setPageStatus(status: PageStatus): void {
  const response = responses().getStore();
  if (response && !response.headersSent) response.statusCode = status;
}

/** Which dead end an error leads to; 500 for one that nobody foresaw. */
export function problemStatusOf(error: unknown): ProblemStatus {
  if (isRegistryError(error) && error.code === 'not_found') return 404;
  if (isRegistryError(error) && error.code === 'forbidden') return 403;
  return isUnavailable(error) ? 503 : 500;
}

const notKept = () => once('what-was-not-kept', () => new WeakSet<ServerResponse>());

/** Notes that what a form sent was not saved, for the page that is rendered in answer to it. */
export function noteNotKept(): void {
  const response = responses().getStore();
  if (response) notKept().add(response);
}

export function wasNotKept(): boolean {
  const response = responses().getStore();
  return response !== undefined && notKept().has(response);
}

const whoAsked = () => once('who-was-asked', () => new WeakSet<ServerResponse>());

/** Notes that code of ours has begun to answer: all of it asks first who it is that asks. */
export function noteAskedWho(): void {
  const response = responses().getStore();
  if (response) whoAsked().add(response);
}

export const askedWho = (response: ServerResponse): boolean => whoAsked().has(response);

/** The id of the request that a page is being rendered for. */
export const currentRequestId = (): string | undefined => responses().getStore()?.getHeader('x-request-id')?.toString();
