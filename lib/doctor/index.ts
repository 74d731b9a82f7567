export { checkConfiguration } from './configuration.ts';
export { checkDatabase, checkMigrations } from './database.ts';
export { type Finding, ill, messageOf } from './finding.ts';
export { checkKeys } from './keys.ts';
