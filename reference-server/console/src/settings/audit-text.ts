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

/** `preChatForm` as `Pre chat form`. */
export function fieldText(field: string): string {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value before or after a change, in a line; null: it has parts, and stands in none. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return `“${value}”`
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))
    return value.length === 0 ? 'nothing' : value.join(', ')
  return typeof value === 'object' ? null : String(value)
}
