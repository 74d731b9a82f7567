export {
  consentTerms,
  currentNames,
  defaultScopes,
  describeScopes,
  effectiveScopes,
  findFormerName,
  freshScopeNames,
  listScopes,
  namesNow,
  requestedScopes,
  scopeNames,
  scopesFor,
  whyNoScope,
} from './catalogue.ts';
export { type Imported, importScopes } from './import.ts';
export { type CreateScope, createScope, type UpdateScope, updateScope } from './manage.ts';
export { getScope, listCatalogue, restoreScope, retireScope, retireUnusedExamples, type ScopeUse } from './retire.ts';
export type { Scope, Sensitivity } from './rules.ts';
export { mostSensitiveFirst, type ScopeInWords, scopesInWords } from './words.ts';
