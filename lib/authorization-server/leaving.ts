import { seal, unseal } from '../credentials/index.ts';
import { artifactsOf } from './adapter.ts';

/** The request that was answered, and the session of the browser in which it was. */
export type Answered = { uid: string; sessionId: string | undefined };

const purpose = ({ uid, sessionId = '' }: Answered) => `the answer of ${uid} in the session ${sessionId}`;

/** How long an answer without a code can be taken to the app again: as long as a code lives. */
export const openAgainSeconds = 60;

/** The address of an answer, sealed for the page that takes it to an app on the device. */
export function sealAnswer(answered: Answered, location: string): string {
  const { sealed, sealingKeyId } = seal(JSON.stringify({ location, at: Date.now() }), purpose(answered));
  return `${sealingKeyId} ${sealed}`;
}

/** The address that was sealed for that request in that session, while its code is neither redeemed nor over. */
export async function readAnswer(answered: Answered, kept: string): Promise<string | undefined> {
  const opened = open(answered, kept);
  if (!opened) return undefined;
  const code = codeOf(opened.location);
  const isYoung = Date.now() - opened.at < openAgainSeconds * 1000;
  return (code === undefined ? isYoung : await isLive(code)) ? opened.location : undefined;
}

function open(answered: Answered, kept: string): { location: string; at: number } | undefined {
  const [sealingKeyId = '', sealed = ''] = kept.split(' ', 2);
  try {
    return JSON.parse(unseal({ sealed, sealingKeyId }, purpose(answered)));
  } catch {
    return undefined; // somebody made it up
  }
}

/** By query or by fragment, as the response mode has it. */
function codeOf(location: string): string | undefined {
  const { search, hash } = new URL(location);
  return new URLSearchParams(search).get('code') ?? new URLSearchParams(hash.slice(1)).get('code') ?? undefined;
}

async function isLive(code: string): Promise<boolean> {
  const kept = await artifactsOf('AuthorizationCode').find(code);
  return kept !== undefined && kept.consumed === undefined && Number(kept.exp) * 1000 > Date.now();
}
