import { isRegistryError } from '../errors.ts';
import { fetchDocument } from '../guarded-fetch/index.ts';
import { encodeLogo, type Logo } from '../logos/index.ts';
import { kindOfLogo, logoBytesMax } from '../logos/rules.ts';

const limits = { bytesMax: logoBytesMax, timeoutMs: 5000, accept: 'image/png, image/jpeg, image/webp, image/gif' };

/**
 * The logo at an address that a stranger named, as we would serve it; undefined for whatever is no logo. Judged as an uploaded one, with one
 * difference: an SVG is not drawn for strangers, because drawing costs seconds, and those who upload would wait for them.
 */
export async function readLogoAt(logoUri: string): Promise<Logo | undefined> {
  const fetched = await fetchDocument(logoUri, limits);
  if (!fetched.ok || kindOfLogo(fetched.bytes) === 'svg') return undefined;
  try {
    return await encodeLogo(fetched.bytes);
  } catch (error) {
    if (isRegistryError(error)) return undefined;
    throw error;
  }
}
