import type { IncomingMessage } from 'node:http';
import type { Call } from './api.ts';

type Show = (target: string) => Promise<void> | void;

const offers = new WeakMap<object, Show>();

/** Lets what answers this request leave the answer to a page of the portal. */
export const offerPages = (request: IncomingMessage, show: Show): void => void offers.set(request, show);

/** Answers with the page at `target`, under the address that was asked for. */
export async function showPage(call: Call, target: string): Promise<Response> {
  const { incoming } = call.env as { incoming: IncomingMessage };
  const show = offers.get(incoming);
  if (!show) throw new Error('nobody offered pages');
  await show(target);
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}
