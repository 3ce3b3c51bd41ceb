export { type AuditEntry, type AuditedAct, findForgedEntry, loadAudit, recordAct } from './audit-trail.js'
