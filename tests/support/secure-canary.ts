import type { RequestListener } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startCanary } from './canary.ts';
import { anAuthority } from './certificate.ts';

/** An authority that this process trusts from now on, as with `NODE_EXTRA_CA_CERTS`. */
export const authority = anAuthority();
setDefaultCACertificates([...getCACertificates('default'), authority.certificate]);

/** A canary with https and a certificate of a trusted authority. */
export const startSecureCanary = (answer?: RequestListener) =>
  startCanary(answer, authority.issue('127.0.0.1', 'localhost'));
