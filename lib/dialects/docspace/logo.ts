/** Our own PNG of a logo as a data URI, or null. */
export function writeLogo(png: Uint8Array | undefined): string | null {
  return png ? `data:image/png;base64,${Buffer.from(png).toString('base64')}` : null;
}
