type ClientLogoProps = { name: string; logoHash: string | null; size?: 'small' | 'large' };

const sizes = { small: 'size-10 text-sm', large: 'size-16 text-xl' };

/** The logo as the server encoded it, or initials; never the client's `logo_uri`. Decorative: the name is next to it. */
export function ClientLogo({ name, logoHash, size = 'small' }: ClientLogoProps) {
  const shape = `${sizes[size]} shrink-0 rounded-control`;
  if (logoHash) return <img src={`/logos/${logoHash}.png`} alt="" className={`${shape} object-contain`} />;
  return (
    <span
      aria-hidden="true"
      className={`${shape} inline-flex items-center justify-center bg-tint font-semibold text-accent`}
    >
      {initials(name)}
    </span>
  );
}

/** The first letters (grapheme clusters) of the first two words. */
export function initials(name: string): string {
  const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const first = (word: string) => [...letters.segment(word)][0]?.segment ?? '';
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return (words.length > 0 ? words.slice(0, 2).map(first).join('') : first(name)).toLocaleUpperCase('en');
}
