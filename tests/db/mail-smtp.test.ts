import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import { mails } from '#db/schema/mail';
import { sendMail } from '#lib/mail/index';
import { db } from '#support/database';

/** A real SMTP conversation, as far as a client needs one; `refuse` says no to the recipient. */
async function aMailServer(refuse: { now: boolean }) {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let data: string | undefined;
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (data !== undefined) {
        data += text;
        if (!data.endsWith('\r\n.\r\n')) return;
        received.push(data);
        data = undefined;
        return void socket.write('250 kept\r\n');
      }
      if (text.startsWith('DATA')) {
        data = '';
        return void socket.write('354 go on\r\n');
      }
      if (text.startsWith('QUIT')) return void socket.end('221 bye\r\n');
      socket.write(refuse.now && text.startsWith('RCPT') ? '550 nobody here\r\n' : '250 ok\r\n');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `smtp://127.0.0.1:${address.port}`, received };
}

const refuse = { now: false };
const server = await aMailServer(refuse);
process.env.SMTP_URL = server.url;
process.env.MAIL_FROM = 'Clientele <noreply@portal.example>';
const mail = { to: 'ada@example.com', subject: 'Hello', text: 'a secret link' };

test('with an SMTP server mail goes out by it and is not kept', async () => {
  expect(await sendMail(db, mail)).toBe(true);
  expect(server.received[0]).toMatch(
    /^From: Clientele <noreply@portal\.example>\r\nTo: ada@example\.com\r\nSubject: Hello/m,
  );
  expect(await db.select().from(mails)).toHaveLength(0);
});

test('a server that refuses a mail breaks nothing, and the log does not hold its text', async () => {
  refuse.now = true;
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await sendMail(db, mail)).toBe(false);
  expect(log.mock.calls.flat().join()).toMatch(/mail\.failed/);
  expect(log.mock.calls.flat().join()).not.toMatch(/a secret link/);
});
