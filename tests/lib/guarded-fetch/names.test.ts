import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectTo } from '#lib/guarded-fetch/connect';
import { startCanary } from '#support/canary';

type Address = { address: string; family: 4 | 6 };
const answers: Address[][] = [];
let asked = 0;
// The name service of this file: it answers each question with the next of `answers`.
vi.mock('node:dns', async (original) => ({
  ...(await original<typeof import('node:dns')>()),
  lookup: (_name: string, _options: object, answer: (error: null, found: Address[]) => void) => {
    asked += 1;
    answer(null, answers.shift() ?? []);
  },
}));

const v4 = (address: string): Address => ({ address, family: 4 });
/** Of this machine’s addresses these two stand for a public and a private one. */
const [open, closed] = ['127.0.0.1', '127.0.0.2'];
const isAllowed = (address: string) => address !== closed;

let server: Awaited<ReturnType<typeof startCanary>>;
beforeAll(async () => {
  server = await startCanary();
});
afterAll(() => server.stop());
beforeEach(() => {
  answers.length = 0;
  asked = 0;
});

const connect = (host = 'app.example', allowed = isAllowed) =>
  connectTo(new URL(`http://${host}:${server.port}/`), allowed, new AbortController().signal);
const refused = { code: 'ADDRESS_REFUSED' };

describe('a name', () => {
  test.each([
    ['a public address and a private one', [v4(open), v4(closed)]],
    ['a private address and a public one', [v4(closed), v4(open)]],
    ['a private address alone', [v4(closed)]],
    ['no address', []],
  ])('that has %s is refused without a connection', async (_title, found) => {
    const before = server.connections();
    answers.push(found);
    await expect(connect()).rejects.toMatchObject(refused);
    expect(server.connections()).toBe(before);
  });

  test('is resolved once: a later DNS answer has no effect', async () => {
    answers.push([v4(open)], [v4(closed)], [v4(closed)]);
    const socket = await connect();
    expect([socket.remoteAddress, asked]).toEqual([open, 1]);
    socket.destroy();
  });

  test('the connected address is checked, not only the resolved one', async () => {
    // A connection to 0.0.0.0 arrives at 127.0.0.1.
    answers.push([v4('0.0.0.0')]);
    await expect(connect('app.example', (address) => address !== open)).rejects.toMatchObject(refused);
    expect(server.paths).toEqual([]);
  });
});

test('an address instead of a name: the connected address is checked too', async () => {
  await expect(connect('0.0.0.0', (address) => address !== open)).rejects.toMatchObject(refused);
  expect(server.paths).toEqual([]);
  expect(asked).toBe(0);
});

test('a connection that is refused is closed', async () => {
  const before = server.connections();
  answers.push([v4('0.0.0.0')]);
  await expect(connect('app.example', (address) => address !== open)).rejects.toMatchObject(refused);
  // Sooner than the server itself gives up a connection that says nothing.
  const soon = { timeout: 30_000 };
  await expect.poll(() => [server.connections(), server.open()], soon).toEqual([before + 1, 0]);
});
