import type { AuditAction, AuditEvent } from '#lib/audit/index';
import { tableOf } from '#lib/kernel/table';
import { provenanceWords } from '../../words.ts';
import { inOrder, labelOf } from './field-words.ts';

const ways = tableOf(provenanceWords);
/** `person` is the name of the person whom the event speaks of. */
type Words = string | ((event: AuditEvent, person: string) => string);
const words: Readonly<Record<AuditAction<'client'>, Words>> = {
  'client.create': 'Registered the app',
  'client.update': changed,
  'client.enable': 'Enabled the app',
  'client.disable': 'Disabled the app',
  'client.delete': 'Deleted the app',
  'client.suspend': 'Suspended the app',
  'client.unsuspend': 'Lifted the suspension of the app',
  'client.mark_first_party': 'Set whether it is the platform’s own app',
  'client.change_appearance': 'Changed how its pages look',
  'client.add_manager': (_, person) => `Let ${person} manage the app`,
  'client.remove_manager': (_, person) => `No longer lets ${person} manage the app`,
  'client.look_alike': 'Has a name like a verified app’s',
  'client.suspect': 'Has the software ID of another app',
  'grant.revoke': 'A person revoked its access',
  'grant.narrow': 'A person revoked part of its access',
  'secret.create': 'Created a secret',
  'secret.rotate': 'Rotated the secret',
  'secret.expire': 'Set the expiry of a secret',
  'secret.revoke': 'Revoked a secret',
  'secret.read': 'Read a stored secret',
};
const wordsFor = tableOf(words);

/** The effect of an update on the secrets. */
const consequences = new Set(['secretId', 'tokensEnded']);

function changed({ after }: AuditEvent): string {
  const fields = inOrder(Object.keys(after ?? {})).filter((field) => !consequences.has(field));
  return `Changed ${fields.map(inSentence).join(', ')}`;
}

/** Returns the headline of an event; the action's name for an action of an earlier version. */
export function headline(event: AuditEvent, names: ReadonlyMap<string, string>): string {
  const found = wordsFor(event.action) ?? event.action.replace(/[._]/g, ' ');
  if (typeof found === 'string') return found;
  return found(event, names.get(String(event.after?.userId)) ?? 'somebody who is no longer here');
}

/** Returns the words for the actor and the channel. */
export function who({ action, actorKind, actorName, channel }: AuditEvent): string {
  const way = channel === 'command_line' ? 'Command line' : (ways(channel) ?? channel);
  // People's consents are private: the person is not named.
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
