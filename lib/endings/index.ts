export { clearLater, endAccess } from './end-access.ts';
