import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';

/** An ASN.1 value in DER: tag, length and content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const integer = (bytes: Uint8Array) => der(0x02, bytes);
const octets = (bytes: Uint8Array) => der(0x04, bytes);
const bits = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes);
const truth = der(0x01, Buffer.from([0xff]));
const identifier = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (at: Date) => der(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));

const commonName = (name: string) => sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from(name)))));
const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const extension = (id: string, value: Uint8Array) => sequence(identifier(id), truth, octets(value));

type Named = { name: string; key: KeyObject };

/** An X.509 certificate (RFC 5280) of an authority, or of a server with the given host names and IPv4 addresses. */
function certificateOf(subject: Named, issuer: Named, extensions: Uint8Array[]): string {
  const { key: privateKey } = issuer;
  const publicKey = new Uint8Array(subject.key.export({ type: 'spki', format: 'der' }));
  const day = 86_400_000;
  const signed = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from([1, ...randomBytes(15)])),
    ecdsaWithSha256,
    commonName(issuer.name),
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day))),
    commonName(subject.name),
    publicKey,
    der(0xa3, sequence(...extensions)),
  );
  const whole = sequence(signed, ecdsaWithSha256, bits(sign('sha256', signed, privateKey)));
  return new X509Certificate(whole).toString();
}

/** A new authority and certificates that it signs, as PEM. */
export function anAuthority(name = 'An authority of the tests') {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = pair();
  const issuer = { name, key: own.privateKey };
  const isAuthority = extension('551d13', sequence(truth));
  return {
    certificate: certificateOf({ name, key: own.publicKey }, issuer, [isAuthority]),
    /** For a server at these host names and IPv4 addresses. */
    issue(...hosts: string[]) {
      const { publicKey, privateKey } = pair();
      const names = hosts.map((host) =>
        /^[\d.]+$/.test(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host)),
      );
      const alternativeNames = extension('551d11', sequence(...names));
      return {
        cert: certificateOf({ name: hosts[0] ?? '', key: publicKey }, issuer, [alternativeNames]),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}
