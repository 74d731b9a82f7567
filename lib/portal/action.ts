import '#server-only';
import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import { isUnavailable } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { reportError } from '#lib/kernel/log';
import { type FormState, refused, typedIn } from './forms.ts';
import { noteNotKept, setPageStatus } from './page-status.ts';

/**
 * Wraps a form's server action; the form is its last argument. Errors are shown in the form, which keeps the typed values: a
 * RegistryError by `refused`, an unavailable database with 503, any other error with 500 and a reference to the log.
 */
export const formAction =
  <Rest extends [...unknown[], FormData]>(act: (...args: Rest) => Promise<FormState>) =>
  async (...args: Rest): Promise<FormState> => {
    try {
      return await act(...args);
    } catch (error) {
      unstable_rethrow(error); // Next.js throws redirects
      const form = args.at(-1) as FormData;
      return isRegistryError(error) ? refused(error, form) : { ...(await failed(error)), typed: typedIn(form) };
    }
  };

async function failed(error: unknown): Promise<{ status: 'refused'; message: string }> {
  const away = isUnavailable(error);
  setPageStatus(away ? 503 : 500);
  noteNotKept();
  if (away)
    return {
      status: 'refused',
      message: 'This was not saved: the platform cannot answer just now. Try again in a moment.',
    };
  const requestId = (await headers()).get('x-request-id') ?? 'unknown';
  reportError(requestId, error);
  const message = `Something went wrong on our side. The error was logged (reference ${requestId}). This may not have been saved: check before you send it again.`;
  return { status: 'refused', message };
}

/** Wraps an action whose form shows no answer. If the database is unavailable, it redirects to the page `back`, which then answers 503. */
export const pageAction =
  <Rest extends unknown[]>(back: (...args: Rest) => string, act: (...args: Rest) => Promise<void>) =>
  async (...args: Rest): Promise<void> => {
    try {
      await act(...args);
    } catch (error) {
      unstable_rethrow(error);
      if (isUnavailable(error)) redirect(back(...args));
      throw error;
    }
  };
