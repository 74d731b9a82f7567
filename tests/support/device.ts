import { aWebApp } from './authorizing.ts';
import { basic, post } from './oauth.ts';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

type Client = { clientId: string; secret: string };

/** An app for the device flow: it has no secret and no redirect URI. */
export const aDeviceApp = (values: Parameters<typeof aWebApp>[0] = {}) =>
  aWebApp({
    applicationType: 'device',
    tokenEndpointAuthMethod: 'none',
    grantTypes: [deviceGrant, 'refresh_token'],
    responseTypes: [],
    redirectUris: [],
    ...values,
  });

/** The client authentication: a secret, or only the client id. */
function asClient({ clientId, secret }: Client, form: Record<string, string>) {
  const headers: Record<string, string> = secret ? { authorization: basic({ clientId, secret }) } : {};
  return { form: secret ? form : { client_id: clientId, ...form }, headers };
}

/** Starts a device flow; returns the user code and the device code. */
export function begin(client: Client, form: Record<string, string> = {}) {
  const asked = asClient(client, form);
  return post('/oauth/device', asked.form, asked.headers);
}

/** Requests the token of a device code. */
export function poll(client: Client, deviceCode: string) {
  const asked = asClient(client, { grant_type: deviceGrant, device_code: deviceCode });
  return post('/oauth/token', asked.form, asked.headers);
}
