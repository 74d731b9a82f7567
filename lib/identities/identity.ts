/** Who an upstream provider says has come. `email` is undefined when it says none. */
export type Identity = {
  provider: string;
  subject: string;
  email: string | undefined;
  emailVerified: boolean;
  name: string | undefined;
};
