export { forgetCatalogue } from './catalogue.ts';
export { farthestFirst, type ScopeInWords, scopesInWords } from './in-words.ts';
export { describeScopes, listScopes, scopeNames } from './list.ts';
export type { Scope, Sensitivity } from './scope.ts';
export { type UpdateScope, updateScope } from './update.ts';
