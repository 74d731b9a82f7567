export { authHandler as GET, authHandler as POST } from '#lib/next-auth';
