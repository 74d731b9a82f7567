import { type Issue, isRegistryError } from './errors.ts';

/** What a server action answers a form: every wrong field at once, and what was typed. */
export type FormState =
  | { status: 'idle' }
  | { status: 'invalid'; fields: Record<string, string[]>; typed: Record<string, string[]> }
  | { status: 'refused'; message: string; typed: Record<string, string[]> }
  | { status: 'saved'; message: string };

export const idle: FormState = { status: 'idle' };

/** The texts of a form, so that a refused one comes back as it was typed. Files and the fields in `leaveOut` (passwords) do not. */
export function typedIn(form: FormData, leaveOut: readonly string[] = ['password', 'currentPassword', 'newPassword']) {
  const typed: Record<string, string[]> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && !name.startsWith('$') && !leaveOut.includes(name))
      typed[name] = [...(typed[name] ?? []), value];
  return typed;
}

/** Issues of the rule book under the names of the form's fields (`redirectUris.1` stays itself). */
export function invalid(issues: readonly Issue[], form: FormData): FormState {
  const fields: Record<string, string[]> = {};
  for (const { field, message, severity } of issues)
    if (severity !== 'warning') fields[field] = [...(fields[field] ?? []), message];
  return { status: 'invalid', fields, typed: typedIn(form) };
}

/** A RegistryError as the form shows it; any other error is rethrown for the error page. */
export function refused(error: unknown, form: FormData): FormState {
  if (!isRegistryError(error)) throw error;
  if (error.issues.length > 0) return invalid(error.issues, form);
  if (error.field) return invalid([{ field: error.field, rule: error.code, message: error.message }], form);
  return { status: 'refused', message: error.message, typed: typedIn(form) };
}

export const saved = (message: string): FormState => ({ status: 'saved', message });

/** What a form's control shows: what was typed if the form came back, else what is kept; and its errors. */
export function shown(state: FormState, name: string, kept = '') {
  const typed = 'typed' in state ? (state.typed[name]?.[0] ?? '') : kept;
  return { name, defaultValue: typed, errors: state.status === 'invalid' ? state.fields[name] : undefined };
}

/** As `shown`, for a box that is ticked or not. */
export function ticked(state: FormState, name: string, kept: boolean, value = 'on') {
  const typed = 'typed' in state ? (state.typed[name] ?? []).includes(value) : kept;
  return { name, value, defaultChecked: typed, errors: state.status === 'invalid' ? state.fields[name] : undefined };
}
