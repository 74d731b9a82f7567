import type { RequestListener } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startCanary } from './canary.ts';
import { anAuthority } from './certificate.ts';

/** Trusted by this process from here on, as `NODE_EXTRA_CA_CERTS` would have it from the start. */
export const authority = anAuthority();
setDefaultCACertificates([...getCACertificates('default'), authority.certificate]);

/** A canary that speaks https under a certificate of an authority that this process trusts. */
export const startSecureCanary = (answer?: RequestListener) =>
  startCanary(answer, authority.issue('127.0.0.1', 'localhost'));
