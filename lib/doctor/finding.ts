/** What one check found; `todo` says what to do when it is not well. */
export type Finding = { check: string; ok: boolean; message: string; todo?: string };

export const well = (check: string, message: string): Finding => ({ check, ok: true, message });
export const ill = (check: string, message: string, todo: string): Finding => ({ check, ok: false, message, todo });

export const messageOf = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause)
    if (!(at.cause instanceof Error)) return at.message || at.name;
  return String(error);
};
