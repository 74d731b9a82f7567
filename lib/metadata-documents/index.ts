export { meetClient } from './meet.ts';
