/** Where each endpoint is; vendors' spellings lead to the same. */
export const paths = {
  authorization: '/oauth/authorize',
  pushed_authorization_request: '/oauth/par',
  token: '/oauth/token',
  device_authorization: '/oauth/device',
  /** A page of ours, where a person types what their device shows; short, because people type it. */
  code_verification: '/device',
  userinfo: '/oauth/userinfo',
  revocation: '/oauth/revoke',
  introspection: '/oauth/introspect',
} as const;
