import type { Metadata, Viewport } from 'next';

/** What each root layout exports. */
export const metadata: Metadata = {
  title: { default: 'Clientele', template: '%s · Clientele' },
  description: 'Register and keep the applications that use this platform’s API.',
};

export const viewport: Viewport = { colorScheme: 'light dark' };
