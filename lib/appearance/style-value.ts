const valueLengthMax = 200;

const hex = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const named = /^[a-z]{3,30}$/i;
const computed = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\((?:[\d\s.,%/+-]|deg|rad|turn|none)+\)$/i;

/** A colour as CSS writes it. */
export function isColour(text: string): boolean {
  return text.length <= 64 && (hex.test(text) || named.test(text) || computed.test(text));
}

/**
 * A value that CSS takes for one property and that leads nowhere: no end of a declaration, no comment, no escape, no
 * address, and every bracket and quotation mark closed.
 */
export function isStyleValue(text: string): boolean {
  if (text.length > valueLengthMax || !/^[\w\s#%.,()/+*'"-]*$/.test(text) || /[\r\n\f]|\/\*|\*\//.test(text))
    return false;
  if (/(?:url|src|image|image-set|cross-fade|element|expression|attr|env|paint)\s*\(/i.test(text)) return false;
  const outside = text.replace(/"[^"']*"|'[^"']*'/g, '');
  let open = 0;
  for (const sign of outside) {
    if (sign === '(') open++;
    if (sign === ')' && --open < 0) return false;
  }
  return open === 0 && !/['"]/.test(outside);
}
