export { authHandler as GET, authHandler as POST } from '#lib/portal/sign-in';
