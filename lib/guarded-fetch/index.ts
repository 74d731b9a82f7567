export { fetchJson } from './fetch-json.ts';
