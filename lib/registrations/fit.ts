import {
  type ClientMetadata,
  completeMetadata,
  finding,
  isConfidential,
  judgeMetadata,
  leadsToDevice,
  type NewClient,
  refusalsOf,
} from '../clients/rules.ts';
import type { Issue } from '../errors.ts';
import { judgeOpenRegistration } from './rules.ts';

export type Fitted = {
  metadata: ClientMetadata;
  /** What was put in place of what was asked for. */
  replaced: Issue[];
};
type Terms = {
  open: boolean;
  channel: 'registration' | 'metadata_document';
  /** Rule R9: the operator's list. */
  allowedSchemes: readonly string[];
};

/** Lists of which each item stands for itself. */
const lists = ['redirectUris', 'postLogoutRedirectUris', 'contacts'] as const;

/**
 * Completes what a registration asks for, and replaces what depends on the rest (RFC 7591 §3.2.1): the type of a client whose answers
 * lead to a device, the items of a list that are refused while others are not, and client_credentials of a client that may not use it.
 */
export function fitMetadata(asked: NewClient, { open, channel, allowedSchemes }: Terms): Fitted {
  const replaced: Issue[] = [];
  let wanted = withItsType(asked, channel);
  const refused = refusalsOf(judgeMetadata(completeMetadata(wanted, channel), { channel, allowedSchemes }));
  for (const field of lists) {
    const items: readonly string[] = wanted[field] ?? [];
    const wrong = refused.filter((issue) => issue.field.startsWith(`${field}.`));
    const kept = items.filter((_, index) => !wrong.some((issue) => issue.field === `${field}.${index}`));
    if (kept.length === 0 || kept.length === items.length) continue;
    wanted = { ...wanted, [field]: kept };
    replaced.push(...wrong.map((issue) => finding(issue.field, issue.rule, leftOut(items, issue))));
  }
  wanted = withItsType({ ...wanted, applicationType: asked.applicationType }, channel);
  if (asked.applicationType === 'web' && wanted.applicationType === 'native')
    replaced.push(finding('applicationType', 'R7', '"web" was replaced by "native": an answer leads to a device.'));
  const metadata = completeMetadata(wanted, channel);
  const { grantTypes, withoutMachine } = forPeople(metadata, open);
  if (!withoutMachine) return { metadata, replaced };
  replaced.push(withoutMachine);
  return { metadata: completeMetadata({ ...wanted, grantTypes }, channel), replaced };
}

/** Any answer that leads to a device makes the client native, whatever type it says. */
function withItsType(asked: NewClient, channel: Terms['channel']): NewClient {
  const { environment, redirectUris } = completeMetadata(asked, channel);
  return leadsToDevice({ environment, redirectUris }) ? { ...asked, applicationType: 'native' } : asked;
}

function leftOut(items: readonly string[], { field, message }: Issue): string {
  const item = items[Number(field.split('.')[1])] ?? '';
  return `${JSON.stringify(item.slice(0, 200))} was left out. ${message}`;
}

/** Rules M5 and P3: a client that keeps no secret, or that nobody answers for, acts for people alone. */
function forPeople(metadata: ClientMetadata, open: boolean) {
  const others = metadata.grantTypes.filter((type) => type !== 'client_credentials');
  const usable = others.some((type) => type !== 'refresh_token');
  const refused = open ? judgeOpenRegistration(metadata) : [];
  const mayNot = refused.length > 0 || !isConfidential(metadata);
  if (others.length === metadata.grantTypes.length || !usable || !mayNot) return { grantTypes: metadata.grantTypes };
  const why = refused[0]?.message ?? 'It needs a client that keeps a secret or a key and runs on no device.';
  const rule = refused[0]?.rule ?? 'M5';
  return {
    grantTypes: others,
    withoutMachine: finding('grantTypes', rule, `"client_credentials" was left out. ${why}`),
  };
}
