import { readFileSync } from 'node:fs';
import { type Context, inTransaction } from '#lib/kernel/context';
import { addScopeToResource } from '#lib/resources/index';
import {
  createScope,
  getScope,
  importScopes,
  listCatalogue,
  restoreScope,
  retireScope,
  retireUnusedExamples,
  type Scope,
  type UpdateScope,
  updateScope,
} from '#lib/scopes/index';
import { accesses, circles, sensitivities } from '#lib/scopes/rules';
import { registryCommand } from './act.ts';
import { namesIn, readChoice, readDate, required, type Typed, UsageError } from './command.ts';

const reach =
  '[--group G] [--access read|write|identity] [--sensitivity normal|sensitive|restricted] [--implies "a b"]';
const circle = '[--open-to anyone|reviewed|named|nobody] [--clients "ID ID"] [--position N]';

export const scopeCommands = [
  registryCommand('scope list [--retired]', async (ctx, { flags }) => ({
    scopes: (await listCatalogue(ctx, { retired: flags.has('retired') })).map(shown),
  })),
  registryCommand('scope show --name S', async (ctx, typed) => {
    const { use, ...scope } = await getScope(ctx, required(typed, 'name'));
    return { ...shown(scope), ...use };
  }),
  registryCommand(
    `scope create --name S --title T --description D ${reach} [--resource URI] ${circle} [--self-registered] [--advertised] [--default]`,
    (ctx, typed) => inTransaction(ctx, (tx) => create(tx, typed)),
  ),
  registryCommand(
    `scope update --name S [--new-name T] [--old-until DATE] [--language L] [--title T] [--description D] [--remove-language L] ${reach} [--resource URI] ${circle} [--open yes|no] [--advertised yes|no] [--default yes|no]`,
    update,
  ),
  registryCommand('scope retire [--name S] [--on DATE] [--unused-examples]', async (ctx, typed) => {
    const { name, on } = typed.texts;
    if ((name === undefined) !== typed.flags.has('unused-examples'))
      throw new UsageError('Say --name S or --unused-examples.');
    if (name === undefined) return { retired: await retireUnusedExamples(ctx) };
    const { use, mails, ...scope } = await retireScope(ctx, name, on === undefined ? {} : { on: readDate('on', on) });
    return { ...shown(scope), ...use, mails };
  }),
  registryCommand('scope restore --name S', async (ctx, typed) =>
    shown(await restoreScope(ctx, required(typed, 'name'))),
  ),
  registryCommand('scope import --file FILE [--group G] [--dry-run]', async (ctx, typed) =>
    importScopes(ctx, readJson(required(typed, 'file')), {
      group: typed.texts.group,
      dryRun: typed.flags.has('dry-run'),
    }),
  ),
];

async function create(tx: Context, typed: Typed) {
  const { title = '', description = '', resource } = typed.texts;
  const scope = await createScope(tx, {
    ...reachOf(typed),
    name: required(typed, 'name'),
    texts: { en: { title, description } },
    openToStrangers: typed.flags.has('self-registered'),
    advertised: typed.flags.has('advertised'),
    isDefault: typed.flags.has('default'),
  });
  if (resource !== undefined) await addScopeToResource(tx, resource, scope.name);
  return shown(scope);
}

async function update(ctx: Context, typed: Typed) {
  const { resource, ...texts } = typed.texts;
  const change = withoutUndefined({
    ...reachOf({ ...typed, texts }),
    texts: textsOf({ ...typed, texts }),
    openToStrangers: readAnswer(typed, 'open'),
    advertised: readAnswer(typed, 'advertised'),
    isDefault: readAnswer(typed, 'default'),
    rename: renameOf(typed),
  });
  if (Object.keys(change).length === 0 && resource === undefined) throw new UsageError('Say what changes.');
  const name = required(typed, 'name');
  if (resource === undefined) return shown(await updateScope(ctx, name, change));
  return inTransaction(ctx, async (tx) => {
    const scope = await updateScope(tx, name, change);
    await addScopeToResource(tx, resource, scope.name);
    return shown(scope);
  });
}

function reachOf({ texts }: Typed) {
  const { group, access, sensitivity, implies, clients, position, 'open-to': openTo } = texts;
  if (position !== undefined && !/^\d{1,7}$/.test(position)) throw new UsageError('--position is a whole number.');
  return withoutUndefined({
    group,
    access: access === undefined ? undefined : readChoice('access', access, accesses),
    sensitivity: sensitivity === undefined ? undefined : readChoice('sensitivity', sensitivity, sensitivities),
    implies: implies === undefined ? undefined : namesIn(implies),
    openTo: openTo === undefined ? undefined : readChoice('open-to', openTo, circles),
    namedClients: clients === undefined ? undefined : namesIn(clients),
    position: position === undefined ? undefined : Number(position),
  });
}

function textsOf({ texts }: Typed): UpdateScope['texts'] {
  const { language = 'en', title, description, 'remove-language': gone } = texts;
  if ((title === undefined) !== (description === undefined))
    throw new UsageError('Say --title and --description together.');
  const written = title === undefined || description === undefined ? {} : { [language]: { title, description } };
  const change = { ...written, ...(gone !== undefined && { [gone]: null }) };
  return Object.keys(change).length === 0 ? undefined : change;
}

function renameOf({ texts }: Typed): UpdateScope['rename'] {
  const { 'new-name': name, 'old-until': until } = texts;
  if ((name === undefined) !== (until === undefined)) throw new UsageError('Say --new-name and --old-until together.');
  return name === undefined || until === undefined ? undefined : { name, until: readDate('old-until', until) };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(given: T): Given<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given<T>;

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--file ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const shown = ({ openToStrangers: open, namedClients: clients, isDefault, isExample, ...scope }: Scope) => ({
  ...scope,
  open,
  clients,
  default: isDefault,
  example: isExample,
});

function readAnswer({ texts }: Typed, option: string): boolean | undefined {
  const text = texts[option];
  return text === undefined ? undefined : readChoice(option, text, ['yes', 'no'] as const) === 'yes';
}
