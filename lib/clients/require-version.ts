import { RegistryError } from '../errors.ts';

/** Refuses an edit that was made on another version than the stored one; without a version any will do. */
export function requireVersion(client: { version: number }, version: number | undefined): void {
  if (version === undefined || version === client.version) return;
  throw new RegistryError('conflict', 'This app was changed since you opened it.', { field: 'version' });
}
