import type { ServerResponse } from 'node:http';
import { isRegistryError } from '#lib/kernel/errors';
import { addressIn } from '#lib/languages/index';
import { type Call, showPage } from '../api.ts';
import { faultOf } from '../problems.ts';
import { noteFault } from './note-fault.ts';

/**
 * Wraps a handler for browsers. If the server cannot answer now (429, 503), the person gets a page at the same URL, where a program would get
 * JSON. Other errors are rethrown.
 */
export const forPeople =
  (answer: (call: Call) => Promise<Response>) =>
  async (call: Call): Promise<Response> => {
    try {
      return await answer(call);
    } catch (error) {
      const wait = waitOf(error);
      if (!wait) throw error;
      await noteFault(call, error);
      const { outgoing } = call.env as { outgoing: ServerResponse };
      outgoing.setHeader('retry-after', wait.seconds);
      outgoing.setHeader('cache-control', 'no-store');
      const sent = call.req.method === 'POST' && '1';
      const query = Object.entries({ because: wait.because, sent }).filter(
        (pair): pair is [string, string] => !!pair[1],
      );
      const page = query.length === 0 ? '/busy' : `/busy?${new URLSearchParams(query)}`;
      return showPage(call, addressIn(call.req.query('lang'), page));
    }
  };

/** The seconds to wait, and `many` if a rate limit is the cause; undefined if waiting does not help. */
function waitOf(error: unknown): { seconds: number; because?: 'many' } | undefined {
  if (isRegistryError(error) && error.code === 'rate_limited')
    return { seconds: error.retryAfterSeconds ?? 60, because: 'many' };
  return faultOf(error)?.status === 503 ? { seconds: 2 } : undefined;
}
