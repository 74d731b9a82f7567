/** Who works on the platform itself. Today every such person is an operator. */
export const platformRoles = ['operator', 'reviewer', 'auditor'] as const;
export type PlatformRole = (typeof platformRoles)[number];

type Row = {
  /** The roles that may do it; the command line always may. */
  may: readonly PlatformRole[];
  /** The words of its command. */
  command: string;
  /** Its operation in our own API. */
  operation: string;
  /** It changes nothing and leaves no audit event: `platform:read` is enough. */
  reads?: true;
};

const readers = platformRoles;
const operators = ['operator'] as const;

/** Everything that is done to the platform itself. The name is the action of its audit event. */
export const platformVerbs = {
  'scope.list': { may: readers, command: 'scope list', operation: 'listPlatformScopes', reads: true },
  'scope.show': { may: readers, command: 'scope show', operation: 'getPlatformScope', reads: true },
  'scope.create': { may: operators, command: 'scope create', operation: 'createScope' },
  'scope.update': { may: operators, command: 'scope update', operation: 'updateScope' },
  'scope.retire': { may: operators, command: 'scope retire', operation: 'retireScope' },
  'scope.restore': { may: operators, command: 'scope restore', operation: 'restoreScope' },
  'scope.import': { may: operators, command: 'scope import', operation: 'importScopes' },
  'resource.list': { may: readers, command: 'resource list', operation: 'listResources', reads: true },
  'resource.show': { may: readers, command: 'resource show', operation: 'getResource', reads: true },
  'resource.create': { may: operators, command: 'resource create', operation: 'createResource' },
  'resource.update': { may: operators, command: 'resource update', operation: 'updateResource' },
  'resource.remove': { may: operators, command: 'resource remove', operation: 'deleteResource' },
} as const satisfies Record<string, Row>;

export type PlatformVerb = keyof typeof platformVerbs;

/** A verb's row, with all of its columns. */
export const platformVerb = (name: PlatformVerb): Row => platformVerbs[name];
