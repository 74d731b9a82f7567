export { callingOrigins, judgeAllowedOrigins } from './allowed-origin.ts';
export { suggestOrigin } from './allowed-origin-fix.ts';
export { type Channel, channels } from './channel.ts';
export * from './client.ts';
export { isClientId } from './client-id.ts';
export { completeMetadata, patchMetadata } from './complete-metadata.ts';
export { isConfidential, isInstalled, leadsToDevice } from './confidentiality.ts';
export { contactMax, judgeContacts } from './contact.ts';
export { knownSchemes } from './custom-scheme.ts';
export {
  descriptionLengthMax,
  type FieldName,
  fieldNames,
  fields,
  isFieldName,
  lifetimeSecondsMax,
  mayBeEmpty,
  refuseGrantType,
} from './fields.ts';
export { type OwnMember, ownMemberOf, remediesOf } from './foreign-member.ts';
export { finding, misread, pathOfUnknown, refusal, refusalsOf, remedyWithRule, unknownMember } from './issue.ts';
export { hasSigningKey, judgeJwks, keyMax } from './jwks.ts';
export { isLanguageTag, languageKey } from './language-tag.ts';
export { type LifetimeUnit, lifetimeUnits, readLifetime, writeLifetime } from './lifetime.ts';
export { isLoopbackHost } from './loopback-host.ts';
export { judgeMetadata } from './metadata.ts';
export { judgeRedirectsOf, type RedirectSetting, redirectContext } from './metadata-redirects.ts';
export { readMetadata } from './metadata-shape.ts';
export { judgeName, nameLengthMax, normaliseName } from './name.ts';
export { judgePostLogoutUris } from './post-logout-uri.ts';
export { judgeRedirectUri, type RedirectContext } from './redirect-uri.ts';
export { suggestRedirectUri } from './redirect-uri-fix.ts';
export { redirectUriMatches } from './redirect-uri-match.ts';
export { judgeRedirectUris, redirectUriMax } from './redirect-uris.ts';
export { isScopeToken, judgeScopes, readScopeString, splitScopes } from './scope.ts';
export { judgeText } from './text.ts';
export { hasDotSegment, splitUri, type UriParts } from './uri.ts';
export { splitPastedUris } from './uri-paste.ts';
export { judgeWebUri } from './web-uri.ts';
