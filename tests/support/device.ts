import { aWebApp } from './authorizing.ts';
import { basic, post } from './oauth.ts';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

type Client = { clientId: string; secret: string };

/** An app on a device: it has no secret, and no address to come back to. */
export const aDeviceApp = (values: Parameters<typeof aWebApp>[0] = {}) =>
  aWebApp({
    applicationType: 'device',
    tokenEndpointAuthMethod: 'none',
    grantTypes: [deviceGrant, 'refresh_token'],
    responseTypes: [],
    redirectUris: [],
    ...values,
  });

/** As a client: by its secret, or by its name alone. */
function asClient({ clientId, secret }: Client, form: Record<string, string>) {
  const headers: Record<string, string> = secret ? { authorization: basic({ clientId, secret }) } : {};
  return { form: secret ? form : { client_id: clientId, ...form }, headers };
}

/** A device begins: what it is to show, and by what it asks. */
export function begin(client: Client, form: Record<string, string> = {}) {
  const asked = asClient(client, form);
  return post('/oauth/device', asked.form, asked.headers);
}

/** A device asks whether its person has answered. */
export function poll(client: Client, deviceCode: string) {
  const asked = asClient(client, { grant_type: deviceGrant, device_code: deviceCode });
  return post('/oauth/token', asked.form, asked.headers);
}
