/** The path of each endpoint; the vendors' paths lead to the same endpoints. */
export const paths = {
  authorization: '/oauth/authorize',
  pushed_authorization_request: '/oauth/par',
  token: '/oauth/token',
  device_authorization: '/oauth/device',
  /** The page for a device's code; short, because people type it. */
  code_verification: '/device',
  userinfo: '/oauth/userinfo',
  revocation: '/oauth/revoke',
  introspection: '/oauth/introspect',
} as const;
