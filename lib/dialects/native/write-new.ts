import type { z } from 'zod';
import type { Client } from '#lib/clients/rules';
import type { createdClientWire } from './wire.ts';
import { writeOne } from './write-one.ts';

/** The answer to a creation: the client with its first secret, if it authenticates by one. */
export function writeNew(
  client: Client,
  { secret, ...known }: Parameters<typeof writeOne>[1] & { secret: { id: string; value: string } | undefined },
): z.input<typeof createdClientWire> {
  return { ...writeOne(client, known), ...(secret && { client_secret: secret.value, secret_id: secret.id }) };
}
