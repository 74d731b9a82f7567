import type {
  ApplicationType,
  AuthMethod,
  Environment,
  GrantType,
  Provenance,
  ReviewState,
  Status,
} from '#lib/clients/rules';
import type { Standing } from '#lib/public-info/rules';

/** The registry's terms in the interface. */
export const typeWords: Record<ApplicationType, { label: string; line: string }> = {
  web: { label: 'Web application', line: 'Runs on a server of yours, which can keep a secret.' },
  spa: { label: 'Single-page app', line: 'Runs in the browser alone; uses PKCE instead of a secret.' },
  native: {
    label: 'Mobile or desktop app',
    line: 'Is installed; returns by a claimed link, its own scheme or loopback.',
  },
  device: { label: 'Device or command line', line: 'Has no browser: people confirm a short code on another screen.' },
  machine: { label: 'Machine', line: 'Acts for itself, with no person in between.' },
};

export const environmentWords: Record<Environment, { label: string; line: string }> = {
  production: { label: 'Production', line: 'For the people you serve. https only.' },
  staging: { label: 'Staging', line: 'For trying what is about to go out. https only.' },
  development: { label: 'Development', line: 'For your own machine: http://localhost is allowed.' },
};

export const grantWords: Record<GrantType, string> = {
  authorization_code: 'Authorization code',
  refresh_token: 'Refresh token',
  client_credentials: 'Client credentials',
  'urn:ietf:params:oauth:grant-type:device_code': 'Device code',
};

export const authWords: Record<AuthMethod, string> = {
  none: 'None: a public client, protected by PKCE',
  client_secret_basic: 'Secret in the Authorization header',
  client_secret_post: 'Secret in the request’s body',
  private_key_jwt: 'Signed with a private key of yours',
};

export const statusWords: Record<Status, string> = {
  active: 'Active',
  disabled: 'Switched off',
  suspended: 'Suspended',
};

/** As people read them; a test compares. */
export const standingWords: Record<Standing, { title: string }> = {
  first_party: { title: 'The platform’s own' },
  verified: { title: 'Verified' },
  unverified: { title: 'Unverified' },
  self_registered: { title: 'Self-registered' },
  suspended: { title: statusWords.suspended },
  disabled: { title: statusWords.disabled },
};

export const reviewWords: Record<ReviewState, string> = {
  none: 'None',
  pending: 'In review',
  approved: 'Approved',
  rejected: 'Rejected',
};

export const provenanceWords: Record<Provenance, string> = {
  portal: 'This portal',
  native: 'Clientele API',
  docspace: 'DocSpace API',
  telnyx: 'Telnyx API',
  slashid: 'SlashID API',
  trackle: 'Trackle API',
  apps: 'Applications API',
  registration: 'Dynamic registration',
  metadata_document: 'Metadata document',
};

/** Options of a select, in the order of the words. */
export function optionsOf<K extends string>(words: Record<K, string | { label: string }>) {
  return (Object.entries(words) as [K, string | { label: string }][]).map(([value, word]) => ({
    value,
    label: typeof word === 'string' ? word : word.label,
  }));
}
