export { type AuditedAct, findForgedEntry, loadAudit, recordAct } from './audit-trail.js'
