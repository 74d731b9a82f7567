/** A domain of which it was proved that it is the organization's. */
export type Domain = {
  /** In ASCII and lower case: `xn--bcher-kva.example`. */
  domain: string;
  organizationId: string;
  method: 'operator';
  verifiedBy: string | null;
  verifiedAt: Date;
};
