import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Env, readEnv } from '../env.ts';
import { type Finding, ill, messageOf, well } from './finding.ts';

/** Reads the configuration and looks at the data folder; without configuration there is nothing else to check. */
export function checkConfiguration(source: Record<string, string | undefined>): {
  findings: Finding[];
  configuration?: Env;
} {
  try {
    const configuration = readEnv(source);
    const { appUrl, dataFolder } = configuration;
    return { configuration, findings: [well('configuration', `served at ${appUrl}`), checkFolder(dataFolder)] };
  } catch (error) {
    const todo = 'Correct these environment variables; docs/configuration.md describes each.';
    return { findings: [ill('configuration', messageOf(error), todo)] };
  }
}

function checkFolder(folder: string): Finding {
  const there = existsSync(folder);
  try {
    accessSync(there ? folder : dirname(folder), constants.W_OK | constants.X_OK);
    return well('data folder', there ? folder : `${folder} (made by the first start)`);
  } catch {
    return ill(
      'data folder',
      `${folder} cannot be written.`,
      'Set CLIENTELE_DATA to a folder of the user who starts it.',
    );
  }
}
