import { afterAll } from 'vitest';
import { callback } from './authorizing.ts';
import { startSecureCanary } from './secure-canary.ts';

process.env.CLIENTELE_METADATA_DOCUMENTS ??= 'true';

type Published = { status?: number; headers?: Record<string, string>; body: unknown };

const published = new Map<string, Published>();
/** A site with client metadata documents; it counts the requests. */
export const site = await startSecureCanary((request, response) => {
  const { status = 200, headers, body } = published.get(request.url ?? '') ?? { status: 404, body: {} };
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
});
afterAll(() => site.stop());

let made = 0;

/** An app with a metadata document on that site. `redescribe` changes the document, `answer` the HTTP answer. */
export function aSelfDescribedApp(metadata: Record<string, unknown> = {}) {
  made += 1;
  const path = `/apps/${made}.json`;
  const clientId = site.origin + path;
  const redescribe = (changed: Record<string, unknown> = {}, served: Omit<Published, 'body'> = {}) => {
    const body = {
      client_id: clientId,
      client_name: `Self-described ${made}`,
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      scope: 'openid profile offline_access read',
      ...metadata,
      ...changed,
    };
    published.set(path, { ...served, body });
  };
  redescribe();
  return {
    clientId,
    secret: '',
    redescribe,
    answer: (answer: Published) => void published.set(path, answer),
    read: () => site.paths.filter((one) => one === path).length,
  };
}
