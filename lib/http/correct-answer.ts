import type { IncomingMessage, ServerResponse } from 'node:http';
import { askedWho } from '../page-status.ts';

const redirections = [301, 302, 307, 308];

/**
 * Corrects the status and headers of every answer before they are sent:
 * - a redirection after a form is 303, so that no browser sends the form once more to where it leads (rule A4);
 * - a 503 says when to ask again;
 * - a form that broke before any code of ours asked who sent it cannot be read: 400.
 */
export function correctAnswer({ method }: IncomingMessage, response: ServerResponse, isPage: boolean): void {
  const isForm = method !== 'GET' && method !== 'HEAD';
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  const correct = (status: number) => {
    if (isForm && redirections.includes(status)) return 303;
    return isPage && isForm && status === 500 && !askedWho(response) ? 400 : status;
  };
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status === 503 && !response.hasHeader('retry-after')) response.setHeader('retry-after', '2');
    const sent = correct(status);
    writeHead(sent, ...rest);
    // Next says its own once more afterwards; the log is about what was sent.
    Object.defineProperty(response, 'statusCode', { get: () => sent, set: () => undefined });
    return response;
  };
}
