import { type Issue, isRegistryError } from '#lib/kernel/errors';

/** The values of a form's controls by name. A list or a group of checkboxes has several values; an unchecked box has none. */
export type Values = Record<string, string[]>;

/** Somebody else saved first: the stored values, and the version that the next save must name to replace them. */
export type Conflict = {
  status: 'conflict';
  version: string;
  changedBy: string | null;
  changedAt: Date;
  theirs: Values;
  typed: Values;
};

/** The answer of a form's server action: every wrong field, and the typed values. */
export type FormState =
  | { status: 'idle' }
  | { status: 'invalid'; fields: Record<string, string[]>; typed: Values }
  | { status: 'refused'; message: string; typed: Values }
  | { status: 'saved'; message: string }
  | Conflict;

/**
 * A form's server action. The page binds its arguments on the server: a component that binds them at each rendering would never
 * finish for a form that is sent without JavaScript, because React waits for the bound arguments.
 */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

export const idle: FormState = { status: 'idle' };

/** Returns a form's values, to show them again after an error; without files and the fields in `leaveOut` (passwords). */
export function typedIn(form: FormData, leaveOut: readonly string[] = ['password', 'currentPassword', 'newPassword']) {
  const typed = [...entriesOf(form)].filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === 'string' && !pair[0].startsWith('$') && !leaveOut.includes(pair[0]),
  );
  return gathered(typed);
}

/** Groups values by name. Any name is allowed, also `constructor` and the like. */
const gathered = (pairs: readonly [string, string][]): Values =>
  Object.fromEntries(
    [...Map.groupBy(pairs, ([name]) => name)].map(([name, all]) => [name, all.map(([, text]) => text)]),
  );

/** A server action is a public endpoint: its argument may be anything. */
const entriesOf = (form: FormData): Iterable<[string, FormDataEntryValue]> => (form instanceof FormData ? form : []);

/** Returns all values of a form with one name. */
export const textsIn = (form: FormData, name: string): string[] =>
  [...entriesOf(form)].flatMap(([key, value]) => (key === name && typeof value === 'string' ? [value] : []));

/** Returns one value of a form; `''` for a missing field or a file. */
export function textIn(form: FormData, name: string): string {
  const value = form instanceof FormData ? form.get(name) : '';
  return typeof value === 'string' ? value : '';
}

/** Returns the rule book's issues by field name (`redirectUris.1` is kept as it is). */
export function invalid(issues: readonly Issue[], form: FormData): FormState {
  const wrong = issues.filter(({ severity }) => severity !== 'warning');
  const fields = gathered(wrong.map(({ field, message }): [string, string] => [field, message]));
  return { status: 'invalid', fields, typed: typedIn(form) };
}

/** Returns a RegistryError as a form state; rethrows any other error for the error page. */
export function refused(error: unknown, form: FormData): FormState {
  if (!isRegistryError(error)) throw error;
  if (error.issues.length > 0) return invalid(error.issues, form);
  // An error about no control of the form is one message, not a field error.
  const [root] = error.field?.split('.') ?? [];
  if (error.field && [...form.keys()].some((name) => name === root))
    return invalid([{ field: error.field, rule: error.code, message: error.message }], form);
  return { status: 'refused', message: error.message, typed: typedIn(form) };
}

export const saved = (message: string): FormState => ({ status: 'saved', message });

/** Returns a control's properties: the typed value after an error, else the stored one; and its errors. */
export function shown(state: FormState, name: string, kept = '') {
  const typed = 'typed' in state ? (state.typed[name]?.[0] ?? '') : kept;
  return { name, defaultValue: typed, errors: state.status === 'invalid' ? state.fields[name] : undefined };
}

/** As `shown`, for a checkbox. */
export function ticked(state: FormState, name: string, kept: boolean, value = 'on') {
  const typed = 'typed' in state ? (state.typed[name] ?? []).includes(value) : kept;
  return { name, value, defaultChecked: typed, errors: state.status === 'invalid' ? state.fields[name] : undefined };
}

/** As `shown`, for a control that exists several times: all its values. */
export function shownAll(state: FormState, name: string, kept: readonly string[]): readonly string[] {
  return 'typed' in state ? (state.typed[name] ?? []) : kept;
}

/** Returns the version that a form sends: the one it was loaded with, or after a conflict the one that it replaces. */
export function versionOf(state: FormState, kept: number): string {
  if (state.status === 'conflict') return state.version;
  return 'typed' in state ? (state.typed.version?.[0] ?? '') : String(kept);
}

/** Returns the names whose typed and stored values differ; empty values and line endings are ignored. */
export function differing(typed: Values, kept: Values): string[] {
  return Object.keys(kept).filter((name) => textsOf(typed[name]).join('\0') !== textsOf(kept[name]).join('\0'));
}

/** Returns the non-empty values with line feeds as line endings. */
export function textsOf(values: readonly string[] = []): string[] {
  return values.map((text) => text.replaceAll('\r\n', '\n')).filter((text) => text !== '');
}

/** Returns the state without the errors of one field, whose value has changed. */
export function withoutErrorsOf(state: FormState, field: string): FormState {
  if (state.status !== 'invalid') return state;
  const fields = Object.fromEntries(Object.entries(state.fields).filter(([name]) => name.split('.')[0] !== field));
  return Object.keys(fields).length > 0 ? { ...state, fields } : idle;
}
