export { forgetCatalogue } from './catalogue.ts';
export { describeScopes, listScopes, scopeNames } from './list.ts';
export type { Scope } from './scope.ts';
