export { changesBetween } from './changes.ts';
export { type AuditEvent, listAuditEvents } from './list.ts';
export { type AuditEntry, recordAudit } from './record.ts';
