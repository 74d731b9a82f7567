import { describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aRegistrar, asSent, pathOf, type Registered } from '#support/registration';

const rulesOf = ({ warnings = [] }: Registered) => warnings.map(({ field, rule }) => `${field} ${rule}`).sort();

describe('a registration with findings', () => {
  const body = {
    redirect_uris: ['http://localhost/cb', 'https://APP.example/cb'],
    token_endpoint_auth_method: 'none',
    tos_uri: 'https://elsewhere.example/tos',
    'policy_uri#de': 'https://elsewhere.example/datenschutz',
  };
  const found = ['policy_uri#de M12', 'policy_uri#de M13', 'redirect_uris.0 R8', 'redirect_uris.1 R10', 'tos_uri M13'];

  test('has them in the answer, when it is read and when it is replaced', async () => {
    const { register } = await aRegistrar();
    const made = await register(body);
    expect(rulesOf(made)).toEqual(found);
    const token = made.registration_access_token;
    const read = (await (await ask('GET', pathOf(made), { token })).json()) as Registered;
    expect(rulesOf(read)).toEqual(found);
    const sent = { ...asSent(made), redirect_uris: ['https://app.example/cb'], tos_uri: 'https://app.example/tos' };
    const replaced = await ask('PUT', pathOf(made), { token, body: sent });
    expect(rulesOf((await replaced.json()) as Registered)).toEqual(['policy_uri#de M12', 'policy_uri#de M13']);
  });

  test('may send the whole answer back', async () => {
    const { register } = await aRegistrar();
    const made = await register(body);
    const again = await ask('PUT', pathOf(made), { token: made.registration_access_token, body: made });
    expect([again.status, rulesOf((await again.json()) as Registered)]).toEqual([200, found]);
  });

  test('is told the same at Telnyx’s spelling', async () => {
    const { register } = await aRegistrar();
    expect(rulesOf(await register(body, '/v2/oauth/register'))).toEqual(found);
  });
});

test('a registration without findings has no such member', async () => {
  const { register } = await aRegistrar();
  expect(await register()).not.toHaveProperty('warnings');
});
