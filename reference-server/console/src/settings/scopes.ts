/** What a token may be given, by noun: the words for it, and which of reading and writing there is. */
export const SCOPE_NOUNS = [
  { noun: 'inbox', name: 'Inbox', verbs: ['read'] },
  { noun: 'conversation', name: 'Conversations', verbs: ['read', 'write'] },
  { noun: 'message', name: 'Messages', verbs: ['write'] },
  { noun: 'file', name: 'Files', verbs: ['write'] },
  { noun: 'lead', name: 'Leads', verbs: ['read'] },
  { noun: 'appointment', name: 'Appointments', verbs: ['read'] },
  { noun: 'analytics', name: 'Analytics', verbs: ['read'] },
  { noun: 'knowledge', name: 'Knowledge', verbs: ['read', 'write'] },
  { noun: 'widget', name: 'Widgets', verbs: ['read', 'write'] },
  { noun: 'installation', name: 'Installations', verbs: ['read'] },
  { noun: 'identityKey', name: 'Identity keys', verbs: ['read', 'write'] },
  { noun: 'department', name: 'Departments', verbs: ['read', 'write'] },
  { noun: 'member', name: 'Members', verbs: ['read', 'write'] },
  { noun: 'organization', name: 'Organization', verbs: ['read', 'write'] },
  { noun: 'apiToken', name: 'API tokens', verbs: ['read', 'write'] },
  { noun: 'audit', name: 'Audit trail', verbs: ['read'] },
] as const
