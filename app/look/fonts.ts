import localFont from 'next/font/local';

// Geist 1.4 and Geist Mono, licence in fonts/OFL.txt. The letters outside Western European languages are separate files,
// which a browser loads only for pages that show them. `optional` never exchanges the typeface of a page in sight.
const sans = localFont({
  src: './fonts/geist-latin.woff2',
  weight: '100 900',
  display: 'optional',
  variable: '--font-geist',
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
    },
  ],
});

const sansExtended = localFont({
  src: './fonts/geist-latin-ext.woff2',
  weight: '100 900',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  variable: '--font-geist-extended',
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
});

const mono = localFont({
  src: './fonts/geist-mono-latin.woff2',
  weight: '100 900',
  display: 'optional',
  variable: '--font-geist-mono',
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
    },
  ],
});

/** The class names that define the font variables of tokens.css, for `<html>`. */
export const fontClasses = `${sans.variable} ${sansExtended.variable} ${mono.variable}`;
