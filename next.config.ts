import type { NextConfig } from 'next';

const config: NextConfig = {
  serverExternalPackages: ['oidc-provider', 'postgres', 'sharp', 'nodemailer'],
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  images: { unoptimized: true }, // pictures are served as they are: no endpoint that fetches and scales them
  // Asked for by browsers that have not read yet where the icon is.
  rewrites: async () => ({
    afterFiles: [{ source: '/favicon.ico', destination: '/icon.svg' }],
    // With several root layouts Next has no not-found page of ours. A missing file stays a short 404.
    fallback: [{ source: '/((?!_next/static/).*)', destination: '/no-such-page' }],
  }),
  typescript: { ignoreBuildErrors: true }, // `npm run verify` checks types; a start need not wait for it
  // A logo of 1 MiB too many still reaches the action, which says what is wrong with it.
  experimental: { serverActions: { bodySizeLimit: '3mb' } },
};

export default config;
