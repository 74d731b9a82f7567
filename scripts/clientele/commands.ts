import type { Command } from './command.ts';

/** Commands by their first word; each module is loaded only when needed, because loading takes most of a command's time. */
const groups: Record<string, () => Promise<readonly Command[]>> = {
  user: async () => (await import('./user.ts')).userCommands,
  token: async () => (await import('./token.ts')).tokenCommands,
  organization: async () => (await import('./organization.ts')).organizationCommands,
  product: async () => (await import('./organization.ts')).productCommands,
  'registration-token': async () => (await import('./token.ts')).registrationTokenCommands,
  client: async () => (await import('./client.ts')).clientCommands,
  resource: async () => (await import('./resource.ts')).resourceCommands,
  scope: async () => (await import('./scope.ts')).scopeCommands,
  domain: async () => (await import('./organization.ts')).domainCommands,
  keys: async () => [(await import('./server.ts')).keysCommand],
  seed: async () => [(await import('./seed.ts')).seedCommand],
  migrate: async () => [(await import('./server.ts')).migrateCommand],
  doctor: async () => [(await import('./server.ts')).doctorCommand],
};

/** The commands with this first word. */
export async function commandsOf(word = ''): Promise<readonly Command[]> {
  return Object.hasOwn(groups, word) ? ((await groups[word]?.()) ?? []) : [];
}

export async function everyCommand(): Promise<readonly Command[]> {
  return (await Promise.all(Object.values(groups).map((load) => load()))).flat();
}
