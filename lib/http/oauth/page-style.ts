import { createHash } from 'node:crypto';

/** The looks of the portal, for the pages that are not of it. */
export const pageStyle = `
:root { color-scheme: light dark; --canvas: #f6f7f8; --ink: #14181c; --soft: #4f5861; --accent: #0a6a63; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --canvas: #0f1214; --ink: #edf0f2; --soft: #a9b3bb; --accent: #5ccabe; --on-accent: #03211e } }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
form { max-width: 33rem; margin: 0 auto; padding: 3rem 1.5rem }
h1 { margin: 0; font-size: 1.875rem; line-height: 1.2; font-weight: 600 }
p { margin: .75rem 0 2rem; color: var(--soft) }
button, a { display: inline-flex; align-items: center; box-sizing: border-box; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid transparent; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 500; text-decoration: none }
button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`;

/** By which a Content-Security-Policy allows that very style. */
export const sourceOf = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
