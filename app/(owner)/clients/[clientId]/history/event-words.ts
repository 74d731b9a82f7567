import type { AuditEvent } from '#lib/audit/index';
import { tableOf } from '#lib/kernel/table';
import { provenanceWords } from '../../words.ts';
import { inOrder, labelOf } from './field-words.ts';

const ways = tableOf(provenanceWords);
const actions = tableOf({
  'client.create': 'Registered the app',
  'client.enable': 'Enabled the app',
  'client.disable': 'Disabled the app',
  'client.delete': 'Deleted the app',
  'client.suspend': 'Suspended the app',
  'client.unsuspend': 'Lifted the suspension of the app',
  'client.mark_first_party': 'Said whether it is the platform’s own app',
  'client.change_appearance': 'Changed how its pages look',
  'client.look_alike': 'Has a name that looks like that of a verified app',
  'client.suspect': 'Says to be the same software as a different app',
  'grant.revoke': 'Lost the access that a person had given it',
  'grant.narrow': 'Lost a part of the access that a person had given it',
  'secret.create': 'Made a secret',
  'secret.rotate': 'Rotated the secret',
  'secret.expire': 'Gave a secret an end',
  'secret.revoke': 'Ended a secret',
  'secret.read': 'Read a secret that is kept readable',
});

/** Of an update: what followed from it for the secrets. */
const consequences = new Set(['secretId', 'tokensEnded']);

/** What happened, in a line. */
export function headline({ action, after }: AuditEvent, names: ReadonlyMap<string, string>): string {
  const person = names.get(String(after?.userId)) ?? 'somebody who is no longer here';
  if (action === 'client.add_manager') return `Let ${person} manage the app`;
  if (action === 'client.remove_manager') return `No longer lets ${person} manage the app`;
  if (action === 'client.update')
    return `Changed ${inOrder(Object.keys(after ?? {}))
      .filter((field) => !consequences.has(field))
      .map(inSentence)
      .join(', ')}`;
  return actions(action) ?? action.replace(/[._]/g, ' ');
}

/** By whom and by which channel. */
export function who({ action, actorKind, actorName, channel }: AuditEvent): string {
  const way = channel === 'command_line' ? 'Command line' : (ways(channel) ?? channel);
  // Who it was is theirs to tell.
  if (action.startsWith('grant.')) return `A person who used the app · ${way}`;
  if (actorKind === 'operator') return `The operator · ${way}`;
  if (actorKind === 'system') return 'Clientele itself';
  if (actorKind === 'client') return `The app itself · ${way}`;
  if (actorKind === 'anonymous') return `Somebody not signed in · ${way}`;
  const name = actorName ?? 'Somebody who is no longer here';
  return actorKind === 'token' ? `${name}, through an API token · ${way}` : `${name} · ${way}`;
}

const inSentence = (field: string) => {
  const label = labelOf(field);
  return /^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label;
};
