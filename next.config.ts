import type { NextConfig } from 'next';

const config: NextConfig = {
  serverExternalPackages: ['oidc-provider', 'postgres', 'sharp', 'nodemailer'],
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  experimental: { authInterrupts: true },
};

export default config;
