import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { startCanary } from './canary.ts';
import { anAuthority } from './certificate.ts';
import { freePort } from './free-port.ts';
import { startOpenIdProvider } from './openid-provider.ts';
import { removeData } from './remove-data.ts';

/** The portal of `npm start` (build, new database, new keys), for all browser tests of the run. */
export default async function setup(project: TestProject) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'clientele-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const upstream = await startOpenIdProvider(url);
  // A site with client metadata documents; the path contains the document.
  const authority = anAuthority();
  const documents = await startCanary((request, response) => {
    const described = Buffer.from(request.url?.split('/')[2] ?? '', 'base64url').toString();
    const clientId = `${documents.origin}${request.url}`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ client_id: clientId, ...JSON.parse(described || '{}') }));
  }, authority.issue('127.0.0.1'));
  writeFileSync(join(dataFolder, 'authority.pem'), authority.certificate);
  const environment = {
    ...process.env,
    PORT: String(port),
    CLIENTELE_DATA: dataFolder,
    DATABASE_STATEMENT_TIMEOUT: '60000',
    CLIENTELE_RATE_LIMIT_FACTOR: '1000',
    CLIENTELE_METADATA_DOCUMENTS: 'true',
    CLIENTELE_ALLOW_LOOPBACK_FETCH: 'true',
    NODE_EXTRA_CA_CERTS: join(dataFolder, 'authority.pem'),
    OIDC_ISSUER: upstream.issuer,
    OIDC_CLIENT_ID: upstream.clientId,
    OIDC_CLIENT_SECRET: upstream.clientSecret,
    OIDC_NAME: 'Elsewhere',
  };
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('Clientele is at') && resolve());
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  project.provide('portal', { url, dataFolder, documents: documents.origin });
  return async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
    await upstream.stop();
    await documents.stop();
    removeData(dataFolder);
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    portal: { url: string; dataFolder: string; documents: string };
  }
}
