import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Call } from './api.ts';
import { api } from './app.ts';

/** Answers a request for programs. Resolves with the address of the page that is to answer instead, where one is. */
export async function answerPrograms(request: IncomingMessage, response: ServerResponse): Promise<string | undefined> {
  const outcome: Call['env']['outcome'] = {};
  const options = { overrideGlobalObjects: false };
  await getRequestListener((asked, env) => api.fetch(asked, { ...env, outcome }), options)(request, response);
  return outcome.page;
}
