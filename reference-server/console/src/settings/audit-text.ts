const NOUNS: Record<string, string> = {
  apiToken: 'API token',
  identityKey: 'identity key',
}
const VERBS: Record<string, string> = {
  create: 'made',
  update: 'changed',
  delete: 'deleted',
  remove: 'removed',
  invite: 'invited',
  revoke: 'revoked',
  rotateKey: 'key replaced',
  visit: 'visited',
  read: 'read',
}

/** `widget.rotateKey` as `Widget key replaced`; an action from a newer server in its own letters. */
export function actionText(action: string): string {
  const [noun = '', verb = ''] = action.split('.')
  const words = NOUNS[noun] ?? noun
  const did = VERBS[verb]
  return did === undefined ? action : `${words.charAt(0).toUpperCase()}${words.slice(1)} ${did}`
}

const LONGEST = 120

/** A value before or after a change, short enough for a line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
