import type { NextConfig } from 'next';

const config: NextConfig = {
  serverExternalPackages: ['oidc-provider', 'postgres', 'sharp', 'nodemailer'],
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true }, // `npm run verify` checks types; a start need not wait for it
  experimental: { authInterrupts: true },
};

export default config;
