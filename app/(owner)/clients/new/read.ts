import { type NewClient, readMetadata } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { line, lines } from '../read-form.ts';

/** What the form of a new app asks for, and what of it no field can be. */
export function readNewClient(form: FormData): { metadata: NewClient; found: Issue[] } {
  const applicationType = line(form, 'applicationType');
  // Hidden for these types, but kept in the form for whoever changes their mind.
  const redirectsNowhere = applicationType === 'machine' || applicationType === 'device';
  const redirectUris = redirectsNowhere ? [] : lines(form, 'redirectUris');
  const environment = line(form, 'environment');
  const { metadata, issues } = readMetadata({ applicationType, environment, redirectUris }, 'refused');
  return { metadata: { ...metadata, name: line(form, 'name') }, found: issues };
}
