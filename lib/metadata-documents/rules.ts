export { isMetadataUrl } from './metadata-url.ts';
export {
  type Change,
  type ClientSnapshot,
  changesSince,
  type Described,
  mayBeAnother,
  snapshotOf,
} from './snapshot.ts';
