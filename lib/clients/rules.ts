export { type Provenance, provenances } from '#lib/kernel/actor';
export * from './client.ts';
export { isClientId, type LifetimeUnit, lifetimeUnits, readLifetime, writeLifetime } from './client.ts';
export { callingOrigins, judgeAllowedOrigins, suggestOrigin } from './rules/allowed-origin.ts';
export { type Channel, channels } from './rules/channel.ts';
export { completeMetadata } from './rules/complete-metadata.ts';
export { isConfidential, isInstalled, redirectsToDevice } from './rules/confidentiality.ts';
export {
  descriptionLengthMax,
  type FieldName,
  fieldNames,
  fields,
  isFieldName,
  lifetimeSecondsMax,
  refuseGrantType,
} from './rules/fields.ts';
export { type OwnMember, remediesOf } from './rules/foreign-member.ts';
export { finding, misread, pathOfUnknown, refusal, refusalsOf, remedyWithRule, unknownMember } from './rules/issue.ts';
export { hasSigningKey, judgeJwks, keyMax } from './rules/jwks.ts';
export { judgeMetadata } from './rules/metadata.ts';
export { judgeContacts } from './rules/metadata-pages.ts';
export {
  judgePostLogoutUris,
  judgeRedirectsOf,
  type RedirectSetting,
  redirectContext,
} from './rules/metadata-redirects.ts';
export { readMetadata } from './rules/metadata-shape.ts';
export { judgeName, judgeText, nameLengthMax, normaliseName } from './rules/name.ts';
export { judgeRedirectUri, type RedirectContext } from './rules/redirect-uri.ts';
export { judgeRedirectUris, redirectUriMatches, redirectUriMax, suggestRedirectUri } from './rules/redirect-uris.ts';
export { judgeScopes, readScopeString } from './rules/scope.ts';
export { hasDotSegment, isLoopbackHost, splitUri, type UriParts } from './rules/uri.ts';
export { splitPastedUris } from './rules/uri-paste.ts';
export { judgeWebUri } from './rules/web-uri.ts';
