export { changesBetween } from './changes.ts';
export { type AuditEvent, listAuditEvents } from './list.ts';
export { recordAudit } from './record.ts';
