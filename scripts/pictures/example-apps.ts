import sharp from 'sharp';

const logoOf = async (color: string, shape: string) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${color}"/><path d="${shape}" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  const png = await sharp(Buffer.from(svg)).resize(256, 256).png().toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
};

const app = (name: string, description: string, site: string, scopes: string[], environment = 'app') => ({
  name,
  description,
  allow_pkce: false,
  is_public: true,
  website_url: `https://${site}`,
  terms_url: `https://${site}/terms`,
  policy_url: `https://${site}/privacy`,
  redirect_uris: [`https://${environment}.${site}/callback`],
  allowed_origins: [`https://${environment}.${site}`],
  logout_redirect_uri: `https://${environment}.${site}/bye`,
  scopes,
});

/** Apps of an imaginary publisher, in the format of DocSpace's API: it creates an app with its logo in one call. */
export const exampleApps = async () => [
  {
    ...app('Fleet monitor', 'Shows where every van is, and when it arrives.', 'fleet.example', ['files:read']),
    logo: await logoOf('#7a3e9d', 'M12 40h8a6 6 0 0 0 12 0h8V22H12zM40 28h8l6 8v4h-4'),
  },
  {
    ...app('Meeting notes', 'Writes down what was agreed and files it in the right room.', 'notes.example', [
      'rooms:read',
      'rooms:write',
    ]),
    logo: await logoOf('#b4541a', 'M18 18h28M18 30h28M18 42h16'),
  },
  {
    ...app('Photo printer', 'Prints the photos of a folder and posts them.', 'prints.example', ['files:read']),
    logo: await logoOf('#1d6fb8', 'M14 20h36v26H14zM14 40l10-9 8 7 6-5 12 10'),
  },
  {
    ...app(
      'Invoice robot',
      'Reads invoices, checks their sums and puts them where your bookkeeper looks.',
      'invoices.example',
      ['openid', 'email', 'files:read', 'files:write'],
    ),
    logo: await logoOf('#0a6a63', 'M20 12h24v40l-6-5-6 5-6-5-6 5zM26 24h12M26 34h12'),
  },
];
