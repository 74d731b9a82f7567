import { judgeName, judgeScopes, normaliseName, refusal } from '#lib/clients/rules';
import { tokenScopes } from '#lib/kernel/actor';
import type { Issue } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import { circles, isBuiltIn, isRetired, ofPeople, type Scope, sensitivities, withImplied } from './scope.ts';

export * from './scope.ts';

const titleLengthMax = 80;
const descriptionLengthMax = 300;
const groupLengthMax = 40;
const impliedMax = 20;
const namedMax = 100;

/** The fields of a scope that the operator sets. */
export type ScopeFields = Omit<Scope, 'version' | 'retiredAt' | 'formerNames' | 'isExample'>;

/** The stored form: NFC, trimmed, no duplicates. */
export const normaliseScope = (fields: ScopeFields): ScopeFields => ({
  ...fields,
  group: normaliseName(fields.group),
  texts: Object.fromEntries(
    Object.entries(fields.texts).map(([language, { title, description }]) => [
      language,
      { title: normaliseName(title), description: normaliseName(description) },
    ]),
  ),
  implies: [...new Set(fields.implies)],
  namedClients: [...new Set(fields.namedClients.map((id) => id.toLowerCase()))],
});

/** Every broken rule of a scope, compared with the `others` of the catalogue. `languages`: those of the pages that people read. */
export function judgeScope(scope: ScopeFields, others: readonly Scope[], languages: readonly string[]): Issue[] {
  const issues = [
    ...judgeNewName(scope.name, others),
    ...judgeName(scope.group, { field: 'group', lengthMax: groupLengthMax }),
    ...judgeTexts(scope.texts, languages),
    ...judgeReach(scope),
    ...judgeClients(scope.namedClients),
    ...judgeImplies(scope, others),
  ];
  const isPosition = Number.isInteger(scope.position) && scope.position >= 0 && scope.position <= 1_000_000;
  if (!isPosition) issues.push(refusal('position', 'range', 'Choose a whole number from 0 to 1000000.'));
  return issues;
}

/** A name of RFC 6749 §3.3 that nothing has or had, and that does not look like one of the registry's own. */
export function judgeNewName(name: string, others: readonly Scope[], field = 'name'): Issue[] {
  const form = judgeScopes([name], { field }).map((issue) => ({ ...issue, field }));
  if (form.length > 0) return form;
  const own: readonly (string | undefined)[] = tokenScopes.map((one) => one.split(':', 1)[0]?.toLowerCase());
  const prefix = name.split(':', 1)[0]?.toLowerCase();
  if (prefix !== name.toLowerCase() && own.includes(prefix) && !isBuiltIn(name))
    return [refusal(field, 'reserved', `Choose a name that does not begin with "${prefix}:": the registry uses it.`)];
  const same = others.find((one) => one.name === name);
  if (same)
    return [
      refusal(
        field,
        'taken',
        isRetired(same)
          ? `Restore "${name}", or choose another name: it is retired.`
          : `Choose another name: there is a scope "${name}".`,
      ),
    ];
  const former = others.find(({ formerNames }) => formerNames.some((one) => one.name === name));
  return former
    ? [refusal(field, 'taken', `Choose another name: "${name}" is a former name of "${former.name}".`)]
    : [];
}

function judgeTexts(texts: Scope['texts'], languages: readonly string[]): Issue[] {
  const issues = Object.entries(texts).flatMap(([language, { title, description }]) => {
    const at = `texts.${language}`;
    if (!languages.includes(language))
      return [refusal(at, 'language', `Remove it: the languages are ${languages.join(', ')}.`)];
    return [
      ...judgeName(title, { field: `${at}.title`, lengthMax: titleLengthMax }),
      // What people read on consent has no hidden characters either.
      ...(description.trim() === ''
        ? [refusal(`${at}.description`, 'required', 'Say what it allows, in one sentence.')]
        : judgeName(description, { field: `${at}.description`, lengthMax: descriptionLengthMax })),
    ];
  });
  if (!Object.hasOwn(texts, 'en')) issues.push(refusal('texts.en', 'required', 'Write the title and text in English.'));
  return issues;
}

function judgeReach({ name, access, sensitivity, openTo, openToStrangers, isDefault }: ScopeFields): Issue[] {
  const issues: Issue[] = [];
  if (access === 'identity' && !ofPeople.includes(name))
    issues.push(refusal('access', 'choice', 'Choose read or write: only the scopes about the person are identity.'));
  const isNarrow = sensitivity === 'restricted' || openTo !== 'anyone';
  const why = sensitivity === 'restricted' ? 'A restricted scope' : 'A scope that not every app may have';
  if (openToStrangers && isNarrow)
    issues.push(refusal('openToStrangers', 'reach', `${why} is never open to strangers.`));
  if (isDefault && isNarrow)
    issues.push(refusal('isDefault', 'reach', `${why} is never given without being asked for.`));
  return issues;
}

function judgeClients(ids: readonly string[]): Issue[] {
  if (ids.length > namedMax) return [refusal('namedClients', 'count', `Name at most ${namedMax} apps.`)];
  return ids.flatMap((id, at) =>
    isUuid(id)
      ? []
      : [refusal(`namedClients.${at}`, 'format', 'Write the client id: 32 hexadecimal digits with hyphens.')],
  );
}

/** What is implied exists, leads to no circle, and reaches no farther than what people read and what the circle of clients is. */
function judgeImplies(scope: ScopeFields, others: readonly Scope[]): Issue[] {
  if (scope.implies.length > impliedMax) return [refusal('implies', 'count', `Name at most ${impliedMax} scopes.`)];
  const all = [...others.filter(({ name }) => name !== scope.name), scope];
  const issues = scope.implies.flatMap((name, at) => {
    const refuse = (message: string) => [refusal(`implies.${at}`, 'implies', message)];
    const implied = others.find((one) => one.name === name);
    if (name === scope.name) return refuse('Remove it: a scope does not imply itself.');
    if (!implied || isRetired(implied))
      return refuse(`Remove ${JSON.stringify(name)}: there is no scope of this name.`);
    if (implied.access === 'identity' || ofPeople.includes(name))
      return refuse(`Remove ${name}: a scope about the person is always asked for itself.`);
    if (withImplied([name], all).includes(scope.name)) return refuse(`Remove ${name}: it implies ${scope.name}.`);
    return [];
  });
  if (issues.length > 0) return issues;
  return all
    .flatMap((one) => one.implies.map((name) => ({ one, implied: all.find((other) => other.name === name) })))
    .filter(({ one, implied }) => one.name === scope.name || implied?.name === scope.name)
    .flatMap(({ one, implied }) => (implied ? judgePair(scope.name, one, implied) : []));
}

function judgePair(changed: string, one: ScopeFields, implied: ScopeFields): Issue[] {
  const far = (value: ScopeFields) => sensitivities.indexOf(value.sensitivity);
  const narrow = (value: ScopeFields) => circles.indexOf(value.openTo);
  const is = `${one.name} implies ${implied.name}`;
  const field = (own: string) => (one.name === changed ? 'implies' : own);
  const issues: Issue[] = [];
  if (far(implied) > far(one))
    issues.push(
      refusal(field('sensitivity'), 'implies', `${is}, which is ${implied.sensitivity}: people would not read it.`),
    );
  const isApart = one.openTo === 'named' && implied.openTo === 'named' && !isWithin(one, implied);
  if (narrow(implied) > narrow(one) || isApart)
    issues.push(refusal(field('openTo'), 'implies', `${is}, which fewer apps may have.`));
  if (one.openToStrangers && !implied.openToStrangers)
    issues.push(refusal(field('openToStrangers'), 'implies', `${is}, which is not open to self-registered apps.`));
  return issues;
}

const isWithin = (one: ScopeFields, other: ScopeFields) =>
  one.namedClients.every((id) => other.namedClients.includes(id));
