import type { Issue } from '#lib/kernel/errors';
import type { ClientMetadata } from '../client.ts';
import { isInstalled } from './confidentiality.ts';
import { finding, refusal } from './issue.ts';

type Flow = Pick<
  ClientMetadata,
  | 'applicationType'
  | 'environment'
  | 'grantTypes'
  | 'redirectUris'
  | 'requirePkce'
  | 'responseTypes'
  | 'secretOptional'
  | 'tokenEndpointAuthMethod'
>;

const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code';

/** Rules M3, M5, M6 and M7: grant types, response types and the authentication method must fit together. Nothing is corrected silently. */
export function judgeFlow(flow: Flow): Issue[] {
  return [...judgeGrants(flow), ...judgeResponseTypes(flow), ...judgeAuthMethod(flow)];
}

function judgeGrants(flow: Flow): Issue[] {
  const { grantTypes, tokenEndpointAuthMethod } = flow;
  if (grantTypes.length === 0) return [refusal('grantTypes', 'M3', 'Choose at least one grant type.')];
  const issues: Issue[] = [];
  const refreshable = grantTypes.includes('authorization_code') || grantTypes.includes(deviceCode);
  if (grantTypes.includes('refresh_token') && !refreshable) {
    const message = 'refresh_token needs authorization_code or the device grant beside it.';
    issues.push((grantTypes.length === 1 ? refusal : finding)('grantTypes', 'M5', message));
  }
  if (grantTypes.includes('client_credentials') && (tokenEndpointAuthMethod === 'none' || isInstalled(flow))) {
    const message = 'client_credentials needs a client that keeps a secret or a key and runs on no device: remove it.';
    issues.push(refusal('grantTypes', 'M5', message));
  }
  return issues;
}

function judgeResponseTypes({ grantTypes, responseTypes }: Flow): Issue[] {
  const code = grantTypes.includes('authorization_code');
  if (code === responseTypes.includes('code')) return [];
  const message = code
    ? 'The grant authorization_code needs the response type code.'
    : 'The response type code needs the grant authorization_code.';
  return [refusal('responseTypes', 'M3', message)];
}

function judgeAuthMethod({ applicationType, tokenEndpointAuthMethod, requirePkce, secretOptional }: Flow): Issue[] {
  const issues: Issue[] = [];
  if (tokenEndpointAuthMethod === 'none') {
    if (!requirePkce) issues.push(refusal('requirePkce', 'M7', 'A client without a secret always uses PKCE.'));
    if (secretOptional)
      issues.push(refusal('secretOptional', 'M7', 'A client without a secret has none to leave out.'));
  }
  if (applicationType === 'spa' && tokenEndpointAuthMethod !== 'none') {
    issues.push(
      refusal('tokenEndpointAuthMethod', 'M6', 'Choose "none": a program in the browser cannot keep a secret.'),
    );
  }
  return issues;
}
