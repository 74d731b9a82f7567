import { selectFirstPartyNames, selectVerifiedNamesake } from '#db/queries/clients';
import { recordAudit } from '#lib/audit/index';
import { roleIn } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import type { Issue } from '#lib/kernel/errors';
import { nameSkeleton, plainNames, reservedMessage, reservedNameIn } from '#lib/names/index';
import type { ClientMetadata } from './client.ts';
import { refusal } from './rules/issue.ts';
import { nameLengthMax } from './rules/name.ts';

/** Rule M11: names that only the platform may use: its own, the operator's list, and the names of other organizations' first-party apps. */
export async function judgeReservedNames(
  ctx: Context,
  metadata: Pick<ClientMetadata, 'name' | 'localized'>,
  at: { organizationId: string; before?: Pick<ClientMetadata, 'name' | 'localized'> & { firstParty?: boolean } },
): Promise<Issue[]> {
  if (at.before?.firstParty || roleIn(ctx.actor, at.organizationId) === 'operator') return [];
  const known = new Set(at.before && namesOf(at.before).map(({ name }) => name));
  // The rules of names refuse a longer one.
  const names = namesOf(metadata).filter(({ name }) => !known.has(name) && name.length <= 2 * nameLengthMax);
  if (names.length === 0) return [];
  const firstParty = await selectFirstPartyNames(ctx.db, { except: at.organizationId });
  const taken = new Set(firstParty.flatMap(namesOf).flatMap(({ name }) => plainNames(name)));
  return names.flatMap(({ field, name }) => {
    const reserved = reservedNameIn(name) ?? (plainNames(name).some((plain) => taken.has(plain)) ? name : undefined);
    return reserved === undefined ? [] : [refusal(field, 'M11', reservedMessage(reserved))];
  });
}

/** Rule M11: adds a note to the client's history, for review, if its name looks like the name of another organization's verified app. */
export async function noteLookAlike(
  ctx: Context,
  { clientId, organizationId, name }: { clientId: string; organizationId: string; name: string },
): Promise<void> {
  const skeleton = nameSkeleton(name);
  const other = await selectVerifiedNamesake(ctx.db, { skeleton, except: organizationId });
  if (!other) return;
  const message = 'Its name looks like that of a verified app.';
  await recordAudit(ctx, {
    action: 'client.look_alike',
    organizationId,
    targetType: 'client',
    targetId: clientId,
    after: { rule: 'M11', looksLike: other.clientId, message },
  });
}

function namesOf({ name, localized }: Pick<ClientMetadata, 'name' | 'localized'>): { field: string; name: string }[] {
  const others = Object.entries(localized).flatMap(([tag, texts]) =>
    texts.name === undefined ? [] : [{ field: `localized.${tag}.name`, name: texts.name }],
  );
  return [{ field: 'name', name }, ...others];
}
