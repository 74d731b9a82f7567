import { reportError } from '#lib/kernel/log';
import type { Call } from './api.ts';

/**
 * Sends a JSON array page by page, so that memory never holds the whole list: the API of such a list has no limit parameter. An error before
 * the first page is answered as usual; a later error closes the connection.
 */
export async function sendList(call: Call, pages: AsyncIterable<readonly unknown[]>): Promise<Response> {
  const encoder = new TextEncoder();
  const parts = write(pages);
  let next = await parts.next();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(encoder.encode(next.value));
      try {
        next = await parts.next();
      } catch (error) {
        reportError(call.get('requestId'), error);
        controller.error(error);
      }
    },
    cancel: async () => void (await parts.return()),
  });
  return call.body(body, 200, { 'content-type': 'application/json' });
}

async function* write(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string, void> {
  let separator = '[';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield separator + page.map((item) => JSON.stringify(item)).join(',');
    separator = ',';
  }
  yield separator === '[' ? '[]' : ']';
}
