import type { AuditEntry, MemberRole } from '@chatdesk/protocol'
import { ROLE_NAMES } from '../text/role-names.js'

const NOUNS: Record<string, string> = {
  apiToken: 'API token',
  cannedReply: 'canned reply',
  identityKey: 'identity key',
  knowledge: 'knowledge entry',
  knowledgeGap: 'unanswered question',
  paymentAccount: 'payment account',
}
const VERBS: Record<string, string> = {
  create: 'made',
  update: 'changed',
  delete: 'deleted',
  remove: 'removed',
  invite: 'invited',
  revoke: 'revoked',
  rotateKey: 'key replaced',
  rotateSecret: 'secret replaced',
  visit: 'visited',
  read: 'read',
  list: 'list read',
  publish: 'published',
}
/** As the forms call them, where their letters alone would not. */
const FIELDS: Record<string, string> = {
  primaryColor: 'Brand colour',
  position: 'Corner',
  allowedOrigins: 'Domains',
  departmentIds: 'Departments',
  preChatForm: 'Pre-chat form',
  proactiveRules: 'Proactive messages',
  businessHours: 'Hours',
  autoOpen: 'Open by itself',
  autoOpenDelaySeconds: 'Open after seconds',
  showAgentAvatars: 'Show who answers',
  showTypingIndicator: 'Show that somebody writes',
  notificationWords: 'Words in notifications',
  mailReplies: 'Mail to visitors who have left',
  assistant: 'Assistant',
  usesModels: 'Models used',
  assistantPolicy: 'What the assistant goes by',
  missedAfterMinutes: 'Minutes until members are mailed',
  replyAfterMinutes: 'Minutes until visitors are mailed',
  tabs: 'Tabs of one visitor',
  offlineMessage: 'When nobody is there',
  expiresAt: 'Ends',
  key: 'Key',
  refund: 'Sent back',
  settled: 'Dealt with',
  webhookSecret: 'Webhook secret',
}
/** What is done with a payment is done with money, or by its provider. */
const PAYMENT_ACTS: Record<string, string> = {
  'payment.create': 'Payment requested',
  'payment.cancel': 'Payment cancelled',
  'payment.refund': 'Refund ordered',
  'payment.settle': 'Payment marked as dealt with',
  'payment.check': 'Payment followed',
}
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What was done: `widget.rotateKey` as `Widget key replaced`; an action from a newer server in its own letters. */
export function actText({ action, target, changes }: Pick<AuditEntry, 'action' | 'target' | 'changes'>): string {
  // One right covers several acts: which it was, the entry says beside it.
  if (action === 'organization.visit') return changes?.visiting?.to === false ? 'Visit ended' : 'Visit begun'
  if (action === 'member.invite' && target.kind === 'member') return 'Invite accepted'
  if (action === 'member.invite' && changes?.role?.to === null) return 'Invite taken back'
  if (action === 'knowledge.import') return 'Knowledge imported'
  const ofPayment = PAYMENT_ACTS[action]
  if (ofPayment !== undefined) return ofPayment
  const [noun = '', verb = ''] = action.split('.')
  const words = NOUNS[noun] ?? noun
  const did = VERBS[verb]
  return did === undefined ? action : `${words.charAt(0).toUpperCase()}${words.slice(1)} ${did}`
}

/** Upon what it was done, by name; null where it has none, since an id tells nobody anything. */
export function targetText({ name, id }: AuditEntry['target']): string | null {
  if (name !== undefined) return name
  return ID.test(id) ? null : id
}

/** What was changed, without what the act says already. */
export function toldChanges({ action, changes = {} }: Pick<AuditEntry, 'action' | 'changes'>) {
  return action === 'organization.visit' ? [] : Object.entries(changes)
}

/** `offlineMessage` as the form calls it; another field in its own words. */
export function fieldText(field: string): string {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return FIELDS[field] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value of a field before or after a change, in a line; null: it has parts, and stands in none. */
export function valueText(value: unknown, field = ''): string | null {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return field === 'role' ? roleText(value) : `“${value}”`
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))
    return value.length === 0
      ? 'nothing'
      : value.every((entry) => ID.test(entry))
        ? `${value.length} chosen`
        : value.join(', ')
  return typeof value === 'object' ? null : String(value)
}

function roleText(role: string): string {
  return ROLE_NAMES[role as MemberRole] ?? role
}
