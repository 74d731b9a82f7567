import { existsSync } from 'node:fs';
import { runStep } from './step.ts';

const places = [
  '/usr/bin/chromium-headless-shell', // without windows: the same pages for a third of the processor time
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const onMac = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of a Chromium on this machine, if there is one. */
const findChromium = (): string | undefined => [...places, ...onMac].find((path) => existsSync(path));

/** Playwright's launch options with the path of this machine's Chromium. Without a path, Playwright looks for its own Chromium. */
export const chromiumHere = (): { executablePath?: string } => {
  const executablePath = findChromium();
  return executablePath === undefined ? {} : { executablePath };
};

/** Provides a Chromium for the browser tests; if it cannot install one, prints what to install. */
export async function provideChromium(): Promise<boolean> {
  if (findChromium()) return true;
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (debian) {
    await runStep({ name: 'list of Debian packages', command: ['apt-get', 'update'] });
    for (const name of ['chromium-headless-shell', 'chromium']) {
      const install = ['install', '--yes', '--no-install-recommends', name] as const;
      await runStep({ name: `install ${name}`, command: ['apt-get', ...install] });
      if (findChromium()) return true;
    }
  }
  process.stdout.write(
    'The browser tests need Chromium and found none. Install it and run again:\n' +
      '  Debian        sudo apt-get install chromium-headless-shell\n' +
      '  Ubuntu        Google Chrome, from google.com/chrome (its chromium package is a snap)\n' +
      '  Fedora        sudo dnf install chromium\n' +
      '  macOS         brew install --cask chromium\n',
  );
  return false;
}
