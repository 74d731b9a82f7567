'use server';

import { formAction } from '#lib/portal/action';
import type { FormState } from '#lib/portal/forms';
import { saveClient } from '../save.ts';
import { showSettings } from './fields.ts';
import { readSettings } from './read.ts';

export const saveSettings = formAction(async (clientId: string, _state: FormState, form: FormData) => {
  return saveClient(clientId, form, { path: '/settings', show: showSettings, ...readSettings(form) });
});
