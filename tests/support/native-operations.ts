import type { Operation } from '#lib/dialects/native/index';

/** A body that each operation accepts, for those that take one. */
export const bodies: Record<string, object> = {
  createClient: { client_name: 'Invoices', redirect_uris: ['https://app.example/callback'] },
  updateClient: { description: 'x' },
  cloneClient: {},
  createSecret: { name: 'x' },
  rotateSecret: {},
  expireSecret: { expires_at: '2100-01-01T00:00:00Z' },
  updateOrganization: { name: 'x' },
  createProduct: { name: 'x' },
  updateProduct: { name: 'x' },
  updateMember: { role: 'viewer' },
  createInvitation: { email: 'grace@app.example', role: 'viewer' },
  updateGrant: { scope: 'openid' },
  createScope: { name: 'orders:new', texts: { en: { title: 'See orders', description: 'Read orders.' } } },
  updateScope: { position: 5 },
  retireScope: {},
  importScopes: { document: { openapi: '3.1.0' } },
  createResource: { uri: 'https://new.example', name: 'New', scope: 'files:read' },
  updateResource: { name: 'x' },
  createToken: { name: 'x', scope: 'clients:read' },
};

/** An operation's path with its parameters filled in. */
export const pathOf = ({ path }: Operation, fill: (parameter: string) => string) =>
  `/api/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => fill(name))}`;
