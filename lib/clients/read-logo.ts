import { type Issue, isRegistryError } from '../errors.ts';
import { encodeLogo, type Logo } from '../logos/index.ts';

/** The logo as it will be kept, or the rule it breaks, to be told among the other fields' mistakes. */
export async function readLogo(
  bytes: Uint8Array | null | undefined,
): Promise<{ logo?: Logo; issues: readonly Issue[] }> {
  if (!bytes) return { issues: [] };
  try {
    return { logo: await encodeLogo(bytes), issues: [] };
  } catch (error) {
    if (isRegistryError(error) && error.code === 'invalid_metadata') return { issues: error.issues };
    throw error;
  }
}
