export { deliverLogoutNotices } from './deliver.ts';
export { keepLogoutNotices, wakeLogoutNotices } from './wake.ts';
