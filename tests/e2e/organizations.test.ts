import { AxeBuilder } from '@axe-core/playwright';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { users } from '#db/schema/user';
import { aBrowser } from '#support/browser';
import { anAddress, at, send, signUp } from '#support/person-in-browser';
import { newestMailTo, portalDb } from '#support/portal-database';

const verify = (email: string) =>
  portalDb.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.email, email));

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const statusOf = async (page: Page, path: string) => (await page.goto(path))?.status();

/** An owner with a verified address on the page of a new organization; answers its path. */
async function anOrganization(page: Page): Promise<string> {
  await verify(await signUp(page));
  await page.goto('/settings/organizations/new');
  await page.getByLabel('Name').fill('Acme');
  await press(page, 'Create organization');
  await page.getByRole('heading', { level: 1, name: 'Acme' }).waitFor();
  return new URL(page.url()).pathname;
}

async function invited(page: Page, organization: string, role: string, email = anAddress()) {
  await page.goto(organization);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('radio', { name: role }).check();
  await press(page, 'Invite');
  await page.getByText('The invitation is on its way').waitFor();
  return { email, link: (await newestMailTo(email)).path };
}

/** A new person, invited and joined, in a browser of their own. */
async function aMember(owner: Page, organization: string, role: string, javaScriptEnabled = true) {
  const { email, link } = await invited(owner, organization, role);
  const { page } = await aBrowser({ javaScriptEnabled });
  await verify(await signUp(page, email));
  await page.goto(link);
  await press(page, 'Join');
  await page.getByText('You are a member now').waitFor();
  return { page, email };
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a stranger follows an invitation into an account, proves the address, joins, and the link is used up', async () => {
    const owner = await aBrowser({ javaScriptEnabled });
    const organization = await anOrganization(owner.page);
    const { email, link } = await invited(owner.page, organization, 'Developer');
    const { page } = await aBrowser({ javaScriptEnabled });
    await page.goto(link);
    await page.getByText('invites you as developer').waitFor();
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Your name').fill('Grace');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill('correct horse battery');
    await send(page);
    await page.getByText('Confirm your e-mail address first').waitFor();
    await verify(email);
    await page.goto(link);
    await press(page, 'Join');
    await page.getByText('You are developer here.').waitFor();
    await page.goto(link);
    await page.getByText('This invitation is not valid').waitFor();
    await owner.page.goto(organization);
    expect(await owner.page.getByText('grace', { exact: false }).count()).toBeGreaterThan(0);
  });

  test('the link is of no use to another account, which may sign out there', async () => {
    const owner = await aBrowser({ javaScriptEnabled });
    const { link } = await invited(owner.page, await anOrganization(owner.page), 'Viewer');
    const { page } = await aBrowser({ javaScriptEnabled });
    await signUp(page);
    await page.goto(link);
    await page.getByText('You are signed in with another address').waitFor();
    expect(await page.getByRole('button', { name: 'Join' }).count()).toBe(0);
    await press(page, 'Sign out and use another account');
    await page.waitForURL(at('/sign-in'));
    await page.goto(link);
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  });

  test('a demotion and a removal take effect at the next click', async () => {
    const owner = await aBrowser({ javaScriptEnabled });
    const organization = await anOrganization(owner.page);
    const { page, email } = await aMember(owner.page, organization, 'Admin', javaScriptEnabled);
    await page.getByRole('heading', { name: 'Invitations' }).waitFor();
    const row = owner.page.getByRole('row', { name: email });
    await owner.page.goto(organization);
    await row.getByRole('combobox').selectOption('viewer');
    await row.getByRole('button', { name: /^Save the role/ }).click();
    await owner.page.getByText('The role is changed.').waitFor();
    await press(page, 'Save name');
    const answer = javaScriptEnabled ? 'Only owners and admins may do this' : 'You are viewer here.';
    await page.getByText(answer).first().waitFor();
    await page.goto(organization);
    await page.getByText('You are viewer here.').waitFor();
    expect(await page.getByRole('heading', { name: 'Invitations' }).count()).toBe(0);
    await row.getByRole('link', { name: /^Remove/ }).click();
    await press(owner.page, 'Remove now');
    await owner.page.getByText('They are no longer a member').waitFor();
    expect(await statusOf(page, organization)).toBe(404);
  });

  test('the last owner is told why they cannot leave; somebody else can', async () => {
    const owner = await aBrowser({ javaScriptEnabled });
    const organization = await anOrganization(owner.page);
    const member = await aMember(owner.page, organization, 'Developer', javaScriptEnabled);
    for (const { page } of [owner, member]) {
      await page.goto(`${organization}/leave`);
      await press(page, 'Leave now');
    }
    await owner.page.getByText('The last owner can neither leave nor be demoted.').first().waitFor();
    await member.page.getByText('You have left it.').waitFor();
  });

  test('products are added, renamed and removed; every wrong field is named and nothing typed is lost', async () => {
    const { page, complaints } = await aBrowser({ javaScriptEnabled });
    const organization = await anOrganization(page);
    await page.getByLabel('Name of the new product').fill('Mail');
    await page.getByLabel('Slug').fill('No Slug!');
    await press(page, 'Add product');
    await page.getByText('Use small letters').first().waitFor();
    expect(await page.getByLabel('Name of the new product').inputValue()).toBe('Mail');
    await page.getByLabel('Slug').fill('');
    await press(page, 'Add product');
    await page.getByText('The product is added.').waitFor();
    await page.getByRole('link', { name: 'Change Mail' }).click();
    await page.waitForURL(/products\/\d+$/);
    await page.getByRole('textbox', { name: 'Name' }).fill('Post');
    await press(page, 'Save name');
    await page.getByText('The product has its new name.').waitFor();
    await page.getByRole('link', { name: 'Change Post' }).click();
    await press(page, 'Remove now');
    await page.getByText('The product is removed.').waitFor();
    expect(new URL(page.url()).pathname).toBe(organization);
    expect(complaints).toEqual([]);
  });

  test('a token is shown once, and gone from the page after a reload; an end and the revocation are seen', async () => {
    const { page, complaints } = await aBrowser({ javaScriptEnabled });
    await signUp(page, anAddress(), '/settings/tokens');
    await page.getByRole('link', { name: 'New token' }).click();
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByText('Enter a name.').first().waitFor();
    await page.getByLabel('Name').fill('Build server');
    await page.getByRole('checkbox', { name: /clients:write/ }).check();
    await page.getByLabel('Ends').selectOption('30');
    await press(page, 'Create token');
    const shown = page.getByText(/^clt_pat_\w{49}$/);
    await shown.waitFor();
    const value = (await shown.textContent()) ?? '';
    await page.reload();
    await page.getByText('cannot be shown again').waitFor();
    expect(await page.content()).not.toContain(value);
    await page.getByText('clients:read clients:write').waitFor();
    await page.getByRole('link', { name: 'Revoke Build server' }).click();
    await press(page, 'Revoke now');
    await page.getByText('No token yet').waitFor();
    expect(complaints).toEqual([]);
  });
});

test('the pages of tokens and organizations have no accessibility finding', async () => {
  const { page } = await aBrowser();
  const organization = await anOrganization(page);
  for (const path of [
    '/settings/tokens',
    '/settings/tokens/new',
    '/settings/organizations',
    '/settings/organizations/new',
    organization,
    `${organization}/leave`,
    '/invitations?token=x',
  ]) {
    await page.goto(path);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
  }
});
