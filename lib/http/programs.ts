import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Call } from './api.ts';
import { api } from './app.ts';

/** Answers a request to an API or protocol endpoint, or resolves with the path of the page that must answer it. */
export async function answerPrograms(request: IncomingMessage, response: ServerResponse): Promise<string | undefined> {
  const outcome: Call['env']['outcome'] = {};
  const options = { overrideGlobalObjects: false };
  const listener = getRequestListener((webRequest, env) => api.fetch(webRequest, { ...env, outcome }), options);
  await listener(request, response);
  return outcome.page;
}
