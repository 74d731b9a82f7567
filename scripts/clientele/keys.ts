import { rotateSigningKeys } from '#lib/signing-keys/index';
import { registryCommand } from './act.ts';

export const keysCommand = registryCommand('keys rotate', (ctx) => rotateSigningKeys(ctx));
