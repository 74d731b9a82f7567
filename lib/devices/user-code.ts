/** Letters without vowels, and eight of them, however they are typed: small, with spaces, with or without the hyphen. */
export function readUserCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s\-_.–—]/g, '');
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(letters) ? letters : undefined;
}

/** As the device shows it. */
export const writeUserCode = (letters: string): string => `${letters.slice(0, 4)}-${letters.slice(4)}`;
