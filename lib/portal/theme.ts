import '#server-only';
import { cookies } from 'next/headers';
import { cookieNamed, cookieOptions } from './session-cookie.ts';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const maxAgeSeconds = 365 * 24 * 60 * 60;

const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);

/** The colour scheme that this browser's user chose; undefined means the system's. */
export async function findTheme(): Promise<Theme | undefined> {
  const value = (await cookies()).get(cookieNamed('theme'))?.value;
  return isTheme(value) ? value : undefined;
}

/** Stores the choice in a cookie; any other value than a theme removes it. */
export async function saveTheme(wish: string): Promise<void> {
  const jar = await cookies();
  if (isTheme(wish)) jar.set(cookieNamed('theme'), wish, { ...cookieOptions(), maxAge: maxAgeSeconds });
  else jar.delete({ name: cookieNamed('theme'), ...cookieOptions() });
}
