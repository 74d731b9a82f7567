export { fetchMetadataDocument } from './fetch.ts';
