export { fetchJson } from './fetch-json.ts';
export { postForm } from './post-form.ts';
