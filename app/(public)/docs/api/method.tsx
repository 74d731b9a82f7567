/** An HTTP method, in letters of one width. */
export function Method({ children }: { children: string }) {
  return <span className="inline-block w-14 shrink-0 font-mono text-xs font-semibold text-soft">{children}</span>;
}
