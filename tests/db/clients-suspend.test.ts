import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listAuditEvents } from '#lib/audit/index';
import { disableClient, enableClient, getOwnedClient, suspendClient, unsuspendClient } from '#lib/clients/index';
import { anOwner, stranger } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { clientele } from '#support/command-line';
import { db } from '#support/database';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

async function aClient() {
  const { owner, organizationId } = await anOwner(db);
  return { owner, clientId: await aClientRow(db, { organizationId }) };
}

describe('a suspended client', () => {
  test('its owner reads the reason in the history, and can neither enable nor disable it', async () => {
    const { owner, clientId } = await aClient();
    expect(await suspendClient(operator, clientId, { reason: ' Phishing,\r\nreported ' })).toEqual({
      status: 'suspended',
      tokensEnded: 0,
    });
    const [event] = await listAuditEvents(owner, { type: 'client', id: clientId }, { limit: 1 });
    expect(event).toMatchObject({
      action: 'client.suspend',
      actorKind: 'operator',
      before: { status: 'active' },
      after: { status: 'suspended', reason: 'Phishing,\nreported', tokensEnded: 0 },
    });
    await expect(enableClient(owner, clientId)).rejects.toMatchObject({ code: 'conflict' });
    await expect(disableClient(owner, clientId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('unsuspended, it has its earlier status: one that its owner had disabled stays disabled', async () => {
    const { owner, clientId } = await aClient();
    await suspendClient(operator, clientId);
    expect(await unsuspendClient(operator, clientId)).toEqual({ status: 'active' });
    await disableClient(owner, clientId);
    await suspendClient(operator, clientId);
    expect(await unsuspendClient(operator, clientId)).toEqual({ status: 'disabled' });
    expect(await getOwnedClient(owner, clientId)).toMatchObject({ status: 'disabled', version: 6 });
  });

  test('suspending twice changes and writes nothing', async () => {
    const { owner, clientId } = await aClient();
    await suspendClient(operator, clientId);
    await suspendClient(operator, clientId);
    await unsuspendClient(operator, clientId);
    expect(await unsuspendClient(operator, clientId)).toEqual({ status: 'active' });
    const events = await listAuditEvents(owner, { type: 'client', id: clientId }, { limit: 10 });
    expect(events.map(({ action }) => action)).toEqual(['client.unsuspend', 'client.suspend']);
  });

  test('a reason that is no text is refused, and nothing is done', async () => {
    const { owner, clientId } = await aClient();
    for (const reason of ['x'.repeat(501), 'a\u0000b', '\u202e'])
      await expect(suspendClient(operator, clientId, { reason })).rejects.toMatchObject({
        code: 'invalid_metadata',
        field: 'reason',
      });
    expect(await getOwnedClient(owner, clientId)).toMatchObject({ status: 'active' });
  });
});

describe('clientele client', () => {
  test('suspend and unsuspend print the result', async () => {
    const { clientId } = await aClient();
    const suspend = ['client', 'suspend', '--client', clientId, '--reason', 'Abuse'];
    expect(await clientele(suspend)).toMatchObject({
      status: 0,
      json: { clientId, status: 'suspended', tokensEnded: 0 },
    });
    expect(await clientele(['client', 'unsuspend', '--client', clientId])).toMatchObject({
      status: 0,
      json: { clientId, status: 'active' },
    });
  });

  test.each(['suspend', 'unsuspend'])('%s of a missing client: status 1', async (verb) => {
    const outcome = await clientele(['client', verb, '--client', randomUUID()]);
    expect(outcome).toMatchObject({ status: 1, stdout: '', stderr: 'Client not found\n' });
  });
});
