import { expect, test } from 'vitest';
import { isMetadataUrl } from '#lib/metadata-documents/rules';

test.each([
  'https://app.example.com/client.json',
  'https://app.example.com/',
  'https://app.example.com:8443/oauth/client',
  'https://app.example.com/client?v=2',
  'https://xn--bcher-kva.example/c',
])('rule C1: %s is one', (url) => {
  expect(isMetadataUrl(url)).toBe(true);
});

test.each([
  'http://app.example.com/client.json',
  'https://app.example.com',
  'https://app.example.com/client.json#',
  'https://app.example.com/client.json#part',
  'https://user@app.example.com/client.json',
  'https://user:pass@app.example.com/c',
  'https://app.example.com/a/../client.json',
  'https://app.example.com/./client.json',
  'https://app.example.com/%2e%2e/client.json',
  'https://app.example.com/a/%2E/client.json',
  'https://APP.example.com/client.json',
  'HTTPS://app.example.com/client.json',
  'https://app.example.com:443/client.json',
  'https://app.example.com/client json',
  'https://bücher.example/c',
  'https://app.example.com\\@evil.example/c',
  'https:///client.json',
  'https:app.example.com/client.json',
  `https://app.example.com/${'x'.repeat(2048)}`,
  '3f0c9a52-6d0b-4a7e-9a51-2b8e6f1c7d10',
  '',
])('rule C1: %s is none', (url) => {
  expect(isMetadataUrl(url)).toBe(false);
});
