import type { ServerResponse } from 'node:http';
import { isRegistryError } from '#lib/kernel/errors';
import { addressIn } from '#lib/languages/index';
import { type Call, showPage } from '../api.ts';
import { faultOf } from '../problems.ts';
import { noteFault } from './note-fault.ts';

/** What programs are told in JSON of a server that cannot answer now, people read on a page: it stands under the address they asked for. */
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
      const told = Object.entries({ because: wait.because, sent }).filter(
        (pair): pair is [string, string] => !!pair[1],
      );
      const page = told.length === 0 ? '/busy' : `/busy?${new URLSearchParams(told)}`;
      return showPage(call, addressIn(call.req.query('lang'), page));
    }
  };

/** For how long they should wait, and whether it is because of how much was asked from where they are; undefined for what waiting does not mend. */
function waitOf(error: unknown): { seconds: number; because?: 'many' } | undefined {
  if (isRegistryError(error) && error.code === 'rate_limited')
    return { seconds: error.retryAfterSeconds ?? 60, because: 'many' };
  return faultOf(error)?.status === 503 ? { seconds: 2 } : undefined;
}
