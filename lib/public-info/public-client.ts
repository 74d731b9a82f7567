/** What anyone may know of a client. Everything its developer wrote is a claim (rule M14). */
export type PublicClient = {
  clientId: string;
  name: string;
  description: string;
  /** The name of the organization that answers for it. */
  publisher: string;
  clientUri: string | null;
  policyUri: string | null;
  tosUri: string | null;
  /** SHA-256 of the logo at `/logos/<hash>.png`, or null. */
  logoHash: string | null;
  /** The developer's texts by BCP 47 tag (`name#it`). */
  localized: Record<string, PublicTexts>;
  scopes: string[];
  tokenEndpointAuthMethod: string;
  secretOptional: boolean;
  /** A program on people's devices: it keeps no secret, whatever it was given (RFC 8252 §8.5). */
  installed: boolean;
  openToOtherOrganizations: boolean;
  status: 'active' | 'disabled' | 'suspended';
  /** Every redirect URI, and there is one, is https under a domain proved to be the publisher's. */
  verified: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** It registered itself, with nobody's leave (rule P3): its publisher is nobody. */
  selfRegistered: boolean;
  /** The address of the document in which it describes itself, if it does. */
  metadataUrl: string | null;
  /** The platform's own, says the operator. */
  firstParty: boolean;
  /** Some redirect URI is https. */
  hasWebsite: boolean;
  /** Some redirect URI is https under a domain proved to be the publisher's. */
  hasProvedWebsite: boolean;
};

export type PublicTexts = { name?: string; clientUri?: string; tosUri?: string; policyUri?: string };
