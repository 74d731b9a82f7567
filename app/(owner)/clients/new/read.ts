import type { ApplicationType, Environment, NewClient } from '#lib/clients/rules';
import { line, lines } from '../read-form.ts';

/** What the form of a new app asks for. */
export function readNewClient(form: FormData): NewClient {
  const applicationType = line(form, 'applicationType') as ApplicationType;
  // Hidden for these types, but kept in the form for whoever changes their mind.
  const redirectsNowhere = applicationType === 'machine' || applicationType === 'device';
  return {
    name: line(form, 'name'),
    applicationType,
    environment: line(form, 'environment') as Environment,
    redirectUris: redirectsNowhere ? [] : lines(form, 'redirectUris'),
  };
}
