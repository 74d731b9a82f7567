import { type Issue, isRegistryError } from '#lib/kernel/errors';

/** The controls of a form by name; a list, a row of boxes or an unticked box has several texts or none. */
export type Values = Record<string, string[]>;

/** Somebody else saved first: what is kept now, and the version that a save over it has to name. */
export type Conflict = {
  status: 'conflict';
  version: string;
  changedBy: string | null;
  changedAt: Date;
  theirs: Values;
  typed: Values;
};

/** What a server action answers a form: every wrong field at once, and what was typed. */
export type FormState =
  | { status: 'idle' }
  | { status: 'invalid'; fields: Record<string, string[]>; typed: Values }
  | { status: 'refused'; message: string; typed: Values }
  | { status: 'saved'; message: string }
  | Conflict;

/**
 * A server action as a form gets it. Whatever it is bound to is bound by the page, on the server: a component that binds
 * anew at each rendering never ends where a form comes back without JavaScript (React waits for what is bound).
 */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

export const idle: FormState = { status: 'idle' };

/** The texts of a form, so that a refused one comes back as it was typed. Files and the fields in `leaveOut` (passwords) do not. */
export function typedIn(form: FormData, leaveOut: readonly string[] = ['password', 'currentPassword', 'newPassword']) {
  const typed = [...entriesOf(form)].filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === 'string' && !pair[0].startsWith('$') && !leaveOut.includes(pair[0]),
  );
  return gathered(typed);
}

/** All the texts of each name; a name may be any, also one that every object has. */
const gathered = (pairs: readonly [string, string][]): Values =>
  Object.fromEntries(
    [...Map.groupBy(pairs, ([name]) => name)].map(([name, all]) => [name, all.map(([, text]) => text)]),
  );

/** An action is a public endpoint: what it is called with need not be a form. */
const entriesOf = (form: FormData): Iterable<[string, FormDataEntryValue]> => (form instanceof FormData ? form : []);

/** All the texts of a form under one name. */
export const textsIn = (form: FormData, name: string): string[] =>
  [...entriesOf(form)].flatMap(([key, value]) => (key === name && typeof value === 'string' ? [value] : []));

/** One text of a form; a missing field and a file are empty. */
export function textIn(form: FormData, name: string): string {
  const value = form instanceof FormData ? form.get(name) : '';
  return typeof value === 'string' ? value : '';
}

/** Issues of the rule book under the names of the form's fields (`redirectUris.1` stays itself). */
export function invalid(issues: readonly Issue[], form: FormData): FormState {
  const wrong = issues.filter(({ severity }) => severity !== 'warning');
  const fields = gathered(wrong.map(({ field, message }): [string, string] => [field, message]));
  return { status: 'invalid', fields, typed: typedIn(form) };
}

/** A RegistryError as the form shows it; any other error is rethrown for the error page. */
export function refused(error: unknown, form: FormData): FormState {
  if (!isRegistryError(error)) throw error;
  if (error.issues.length > 0) return invalid(error.issues, form);
  // What is wrong with no control of the form is said once, and not as a field to look at again.
  const [root] = error.field?.split('.') ?? [];
  if (error.field && [...form.keys()].some((name) => name === root))
    return invalid([{ field: error.field, rule: error.code, message: error.message }], form);
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

/** As `shown`, for a control that is there several times: all its texts. */
export function shownAll(state: FormState, name: string, kept: readonly string[]): readonly string[] {
  return 'typed' in state ? (state.typed[name] ?? []) : kept;
}

/** The version that a form names when it is sent: the one it was opened on, or after a conflict the one to save over. */
export function versionOf(state: FormState, kept: number): string {
  if (state.status === 'conflict') return state.version;
  return 'typed' in state ? (state.typed.version?.[0] ?? '') : String(kept);
}

/** The names whose texts differ between a form as typed and as kept; empty texts and ways to end a line do not count. */
export function differing(typed: Values, kept: Values): string[] {
  return Object.keys(kept).filter((name) => textsOf(typed[name]).join('\0') !== textsOf(kept[name]).join('\0'));
}

/** The texts that count, as they are compared and read. */
export function textsOf(values: readonly string[] = []): string[] {
  return values.map((text) => text.replaceAll('\r\n', '\n')).filter((text) => text !== '');
}

/** The state without what is wrong with one field: what it was judged by has changed since. */
export function withoutErrorsOf(state: FormState, field: string): FormState {
  if (state.status !== 'invalid') return state;
  const fields = Object.fromEntries(Object.entries(state.fields).filter(([name]) => name.split('.')[0] !== field));
  return Object.keys(fields).length > 0 ? { ...state, fields } : idle;
}
