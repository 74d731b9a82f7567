import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { connect, wrap } from '#db/client';
import { urlOf } from '#db/embedded';
import { placeSockets } from '#db/embedded-files';
import { ownerOf } from '#db/embedded-owner';
import { aStart, processesOf } from '#support/a-start';

function signalDatabase(dataFolder: string, signal: NodeJS.Signals): void {
  // Not the shell that holds it; the path may have a space in it.
  const postgres = ({ command }: { command: string }) => /bin\/postgres -D/.test(command) && !/^\S*\bsh /.test(command);
  const postmaster = processesOf(dataFolder).find(postgres)?.pid;
  if (postmaster === undefined) throw new Error('no PostgreSQL to signal');
  const children = execFileSync('pgrep', ['-P', String(postmaster)], { encoding: 'utf8' });
  for (const pid of [postmaster, ...children.trim().split('\n').map(Number)]) process.kill(pid, signal);
}

const page = '/public/3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13/info';
const authorization = '/oauth/authorize?client_id=3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13&response_type=code';

test('a page says in writing that the database is away, or that something failed, and is itself again afterwards', async () => {
  const { url, dataFolder, ready, output } = await aStart();
  await ready;
  const read = async (path = page) => {
    const answer = await fetch(url + path, { headers: { 'accept-language': 'it' } });
    const [requestId, retryAfter] = ['x-request-id', 'retry-after'].map((name) => answer.headers.get(name));
    return { status: answer.status, requestId, retryAfter, html: await answer.text() };
  };
  expect((await read()).status).toBe(404);

  signalDatabase(dataFolder, 'SIGSTOP');
  const [away, asking] = await Promise.all([read(), read(authorization)]);
  signalDatabase(dataFolder, 'SIGCONT');
  expect(away.status).toBe(503);
  expect(asking).toMatchObject({ status: 503, retryAfter: '2' });
  // In the reader's language, and by a link that asks for the same once more.
  for (const { html } of [away, asking]) {
    expect(html).toContain('Questa piattaforma non può rispondere in questo momento.');
    expect(html).toMatch(/<a href=""[^>]*>Riprova</);
  }
  while ((await read()).status === 503) await pause(50);

  const pool = connect(urlOf(placeSockets(dataFolder, ownerOf(dataFolder))), { max: 1 });
  onTestFinished(() => pool.end());
  const db = wrap(pool);
  await db.execute(sql`alter view public_clients rename to mislaid`);
  const failed = await read();
  expect(failed.status).toBe(500);
  expect(failed.html).toContain('Something went wrong on our side');
  expect(failed.html).toContain(failed.requestId);
  expect(failed.html).not.toContain('public_clients');
  const logged = output()
    .split('\n')
    .find((line) => line.includes('"error"') && line.includes(`${failed.requestId}`));
  expect(logged).toContain('Failed query');
  await db.execute(sql`alter view mislaid rename to public_clients`);
  expect((await read()).status).toBe(404);
});
