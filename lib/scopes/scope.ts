import { registryScopes } from '#lib/kernel/actor';

export const accesses = ['read', 'write', 'identity'] as const;

/** How carefully a person should consider a scope, the least first. */
export const sensitivities = ['normal', 'sensitive', 'restricted'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** Which clients may add a scope, the widest circle first. Clients that have it keep it. */
export const circles = ['anyone', 'reviewed', 'named', 'nobody'] as const;
export type Circle = (typeof circles)[number];

export type ScopeTexts = { title: string; description: string };

/** One entry of the catalogue kept by the operator. */
export type Scope = {
  name: string;
  group: string;
  access: (typeof accesses)[number];
  sensitivity: Sensitivity;
  /** By language; English is always there. */
  texts: Record<string, ScopeTexts>;
  position: number;
  /** Listed in the published metadata. Programs that read it often request every listed scope. */
  advertised: boolean;
  /** Given to clients that nobody answers for; never a restricted one. */
  openToStrangers: boolean;
  openTo: Circle;
  /** The clients that may add it while `openTo` is `named`. */
  namedClients: string[];
  /** Scopes that a token with this one has too; people read one line for them. */
  implies: string[];
  /** Given to a new client that names no scope. */
  isDefault: boolean;
  /** Part of the example catalogue of a new installation. */
  isExample: boolean;
  /** Grows by one with every change. */
  version: number;
  /** From then on it is no longer offered; clients that have it keep it in their registration. */
  retiredAt: Date | null;
  formerNames: { name: string; acceptedUntil: Date }[];
};

export const isRetired = ({ retiredAt }: Pick<Scope, 'retiredAt'>, now = new Date()): boolean =>
  retiredAt !== null && retiredAt <= now;

/** Scopes about a person, and `offline_access`. */
export const ofPeople: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];
/** Scopes with a meaning in the server itself: their names, kinds and existence are not the operator's. */
export const isBuiltIn = (name: string): boolean => [...ofPeople, ...registryScopes].includes(name);

/** Scopes with everything that they imply, directly or through others; each once. */
export function withImplied(names: readonly string[], catalogue: readonly Pick<Scope, 'name' | 'implies'>[]): string[] {
  const implied = new Map(catalogue.filter(({ implies }) => implies.length > 0).map((one) => [one.name, one.implies]));
  const all = new Set(names);
  // A set may grow while it is read.
  if (implied.size > 0)
    for (const name of all) for (const other of implied.get(name) ?? []) if (!all.has(other)) all.add(other);
  return [...all];
}

/** The requested scopes of a client, its registered ones, and which of those a person may decline. */
type Asked = { asked: readonly string[]; registered: readonly string[]; optional: readonly string[] };

/**
 * The requested scopes that a person may decline, and those that are only there because another one implies them. What a required scope
 * implies cannot be declined.
 */
export function splitAsked(
  { asked, registered, optional }: Asked,
  catalogue: readonly Pick<Scope, 'name' | 'implies'>[],
) {
  const own = asked.filter((name) => registered.includes(name));
  const required = withImplied(
    own.filter((name) => !optional.includes(name)),
    catalogue,
  );
  return {
    optional: asked.filter((name) => !required.includes(name)),
    implied: asked.filter((name) => !registered.includes(name)),
  };
}

/** Whether a client may add a scope. */
export function mayAdd(
  { openTo, namedClients }: Pick<Scope, 'openTo' | 'namedClients'>,
  client: { clientId?: string | undefined; reviewState?: string | undefined },
): boolean {
  if (openTo === 'reviewed') return client.reviewState === 'approved';
  if (openTo === 'named') return client.clientId !== undefined && namedClients.includes(client.clientId);
  return openTo === 'anyone';
}

/** What a client that may not add a scope is told. */
export const closedTo: Record<Circle, string> = {
  anyone: '',
  reviewed: 'it is given after a review of the app.',
  named: 'the platform gives it to certain apps.',
  nobody: 'no more apps get it.',
};
