import { describe, expect, test } from 'vitest';
import { callingOrigins } from '#lib/clients/rules';

const spa = {
  applicationType: 'spa' as const,
  environment: 'production' as const,
  tokenEndpointAuthMethod: 'none' as const,
  secretOptional: false,
  allowedOrigins: [],
  redirectUris: ['https://app.example/cb'],
};

describe('the origins that may call for a client', () => {
  test.each<[string, Partial<Parameters<typeof callingOrigins>[0]>, string[]]>([
    [
      'a single-page app: those of its redirect URIs, each once',
      { redirectUris: ['https://app.example/cb', 'https://app.example/silent', 'https://App.Example:8443/cb'] },
      ['https://app.example', 'https://app.example:8443'],
    ],
    [
      'those it registered, and then no others',
      { allowedOrigins: ['https://other.example'] },
      ['https://other.example'],
    ],
    [
      'in development, this machine too',
      { environment: 'development', redirectUris: ['http://localhost:5173/cb', 'http://127.0.0.1:5173/cb'] },
      ['http://localhost:5173', 'http://127.0.0.1:5173'],
    ],
    [
      'in production, never this machine',
      { redirectUris: ['http://localhost:5173/cb', 'https://app.example/cb'] },
      ['https://app.example'],
    ],
    ['a public web app', { applicationType: 'web' }, ['https://app.example']],
    [
      'a web app that may leave its secret out',
      { applicationType: 'web', tokenEndpointAuthMethod: 'client_secret_basic', secretOptional: true },
      ['https://app.example'],
    ],
    ['a web app with a secret: none', { applicationType: 'web', tokenEndpointAuthMethod: 'client_secret_basic' }, []],
    [
      'an installed app: none',
      { applicationType: 'native', redirectUris: ['https://app.example/claimed', 'com.example.app:/cb'] },
      [],
    ],
    [
      'an app that registered itself: those of its redirect URIs, whatever it is',
      {
        applicationType: 'native',
        selfRegistered: true,
        redirectUris: ['http://localhost:6274/cb', 'com.example.app:/cb'],
      },
      ['http://localhost:6274'],
    ],
    [
      'a URI that is none and a scheme of an app name no origin',
      { redirectUris: ['nonsense', 'com.example.app:/cb'] },
      [],
    ],
  ])('%s', (_title, values, origins) => {
    expect(callingOrigins({ ...spa, ...values })).toEqual(origins);
  });
});
