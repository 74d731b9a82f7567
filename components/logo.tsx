/** The mark of this product, which stands where a platform has none of its own. */
export const Logo = () => (
  <svg aria-hidden="true" viewBox="0 0 32 32" className="size-6 text-accent">
    <path fill="currentColor" d="M16 2a14 14 0 1 0 11.6 21.8l-5-3.3a8 8 0 1 1 0-9l5-3.3A14 14 0 0 0 16 2Z" />
    <circle cx="24.5" cy="16" r="3.5" fill="currentColor" />
  </svg>
);
