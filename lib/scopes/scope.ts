/** What to think about before giving it. */
export type Sensitivity = 'normal' | 'sensitive' | 'restricted';

/** One entry of the catalogue kept by the operator. */
export type Scope = {
  name: string;
  group: string;
  access: 'read' | 'write' | 'identity';
  sensitivity: Sensitivity;
  /** By language; English is always there. */
  texts: Record<string, { title: string; description: string }>;
  position: number;
  /** Named in the published metadata, of which programs ask for all. */
  advertised: boolean;
  /** Given to clients that nobody answers for; never a restricted one. */
  openToStrangers: boolean;
  /** No longer offered; clients that have it keep it. */
  retiredAt: Date | null;
};
