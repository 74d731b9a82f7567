import { reportError } from '#lib/kernel/log';
import type { Call } from './api.ts';

/**
 * A bare JSON array, sent page by page: such a list has no end that a caller could ask for, and none that memory must
 * hold. What goes wrong before the first page is an error like any other; later the connection breaks off.
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
  let between = '[';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield between + page.map((item) => JSON.stringify(item)).join(',');
    between = ',';
  }
  yield between === '[' ? '[]' : ']';
}
