'use server';

import type { FormState } from '#lib/forms';
import { saveClient } from '../save.ts';
import { showSettings } from './fields.ts';
import { readSettings } from './read.ts';

export async function saveSettings(clientId: string, _state: FormState, form: FormData): Promise<FormState> {
  return saveClient(clientId, form, { path: '/settings', show: showSettings, ...readSettings(form) });
}
