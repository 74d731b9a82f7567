import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { grants } from '#db/schema/grant';
import { cookieNamed } from '#lib/portal/session-cookie';
import { anOrganization, anOwner, aPerson } from '#support/actors';
import { aBrowser, portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';
import { sessionCookieOf } from '#support/portal-visit';

const callback = 'https://trips.example.com/oauth/callback';

async function anApp(name: string) {
  const { organizationId } = await anOwner(portalDb);
  return aClientRow(portalDb, {
    organizationId,
    name,
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    scopes: ['openid', 'profile'],
    redirectUris: [callback],
  });
}

function requestOf(clientId: string): string {
  const url = new URL('/oauth/authorize', portalUrl);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid profile',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

const someone = async (name: string) => {
  const home = await anOrganization(portalDb, `${name}’s`);
  return aPerson(portalDb, { name, roles: { [home.id]: 'viewer' } });
};

test.each([
  ['Allow', true],
  ['Allow', false],
  ['Cancel', true],
])(
  '%s after a change of account in another tab asks the new account, JavaScript: %s',
  async (button, javaScriptEnabled) => {
    const [ada, ben] = [await someone('Ada'), await someone('Ben')];
    const clientId = await anApp('Trip planner');
    const { context, page } = await browserOf(ada, { javaScriptEnabled });
    await page.goto(requestOf(clientId));
    await page.getByText('asks for access to your account').waitFor();

    const value = await sessionCookieOf(ben, ben.actor);
    await context.addCookies([{ name: cookieNamed('session'), value, url: portalUrl }]);

    const answers: number[] = [];
    page.on('response', (response) => {
      if (response.request().isNavigationRequest()) answers.push(response.status());
    });
    await page.getByRole('button', { name: button, exact: true }).click();
    if (button === 'Cancel') await page.waitForURL(/error=access_denied/);
    else {
      await page.getByText('asks for access to your account').waitFor();
      await page.getByText('Ben').first().waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/consent\/[^/]+$/);
    }
    expect(answers.filter((status) => status === 307 || status === 308 || status >= 400)).toEqual([]);
    for (const { actor } of [ada, ben])
      expect(await portalDb.select().from(grants).where(eq(grants.userId, actor.userId))).toEqual([]);
  },
);

test('a form to a redirected address is redirected by 303', async () => {
  const { context } = await aBrowser();
  const person = await someone('Cyd');
  const { context: signedIn } = await browserOf(person);
  const pages: [typeof context, string][] = [
    [context, '/clients'],
    [context, '/settings'],
    [context, '/settings/profile'],
    [signedIn, '/sign-in'],
    [signedIn, '/sign-up'],
    [context, '/sign-in/link'],
    [context, '/sign-in/continue'],
    [context, '/?client_id=3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13'],
  ];
  for (const [asking, path] of pages) {
    const answer = await asking.request.post(new URL(path, portalUrl).href, {
      headers: { origin: portalUrl },
      maxRedirects: 0,
      form: { a: 'b' },
    });
    expect([path, answer.status()]).toEqual([path, 303]);
  }
});
