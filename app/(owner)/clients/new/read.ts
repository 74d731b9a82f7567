import { type NewClient, readMetadata } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { line, lines } from '../read-form.ts';

/** Reads the form of a new app. Returns its values, and an issue for each value that has not even the type of its field. */
export function readNewClient(form: FormData): { metadata: NewClient; found: Issue[] } {
  const applicationType = line(form, 'applicationType');
  // These types hide the field, but the form keeps what was typed, in case the person chooses another type again.
  const redirectsNowhere = applicationType === 'machine' || applicationType === 'device';
  const redirectUris = redirectsNowhere ? [] : lines(form, 'redirectUris');
  const environment = line(form, 'environment');
  const { metadata, issues } = readMetadata({ applicationType, environment, redirectUris }, 'refused');
  return { metadata: { ...metadata, name: line(form, 'name') }, found: issues };
}
