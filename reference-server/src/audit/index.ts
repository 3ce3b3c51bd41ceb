export { type AuditedAct, findForgedEntry, loadAudit, recordAct } from './audit-trail.js'
export { verifyTrails } from './verify-trails.js'
