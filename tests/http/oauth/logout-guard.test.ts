import { afterAll, expect, test } from 'vitest';
import { logoutNotices } from '#db/schema/logout-notice';
import { endOwnSession } from '#lib/sessions/index';
import { aPersonsAgent, aWebApp, tokensOf } from '#support/authorizing';
import { db } from '#support/database';
import { startSecureCanary } from '#support/secure-canary';

const app = await startSecureCanary();
afterAll(() => app.stop());

test('logout notices to loopback are not sent without permission', async () => {
  const client = await aWebApp({ backchannelLogoutUri: `${app.origin}/logout` });
  const agent = await aPersonsAgent();
  await tokensOf(agent, client);
  const { person, sessionId = '' } = agent;
  await endOwnSession({ ...person, actor: { ...person.actor, sessionId } });
  await expect.poll(() => db.select().from(logoutNotices)).toMatchObject([{ attempts: 1 }]);
  expect(app.connections()).toBe(0);
});
