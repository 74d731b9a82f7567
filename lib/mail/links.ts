export type Piece = { text: string; href?: string };

/** A mail's text in pieces; only addresses of this portal become links, as paths, so that nothing leads elsewhere. */
export function piecesOf(text: string, appUrl: string): Piece[] {
  const pieces = text.split(/(https?:\/\/[^\s<>"]+)/);
  return pieces
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (!URL.canParse(piece)) return { text: piece };
      const url = new URL(piece);
      const own = url.origin === appUrl && url.username === '' && !url.pathname.startsWith('//');
      return own && /^https?:/.test(piece) ? { text: piece, href: url.pathname + url.search } : { text: piece };
    });
}
