import { createHash } from 'node:crypto';
import { writeOpenApi } from '../../dialects/native/index.ts';
import { env } from '../../env.ts';
import { once } from '../../once.ts';
import type { Call } from '../call.ts';
import { admitAnyone } from './caller.ts';
import { isUnchanged } from './preconditions.ts';

const document = () =>
  once('native-openapi', () => {
    const text = JSON.stringify(writeOpenApi(env().appUrl));
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
  });

/** The description of this API, for anyone. */
export async function getOpenApi(call: Call): Promise<Response> {
  await admitAnyone(call);
  const { text, etag } = document();
  call.header('etag', etag);
  call.header('cache-control', 'no-cache');
  if (isUnchanged(call, etag)) return call.body(null, 304);
  return call.body(text, 200, { 'content-type': 'application/json' });
}
