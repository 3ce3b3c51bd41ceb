import { ChatError } from '@chatdesk/protocol'

/** Of the commonest ones those that are long enough to be taken otherwise, without digits and signs at their end. */
const COMMON = new Set(
  `password passwordpassword administrator iloveyou iloveyouiloveyou letmein letmeinletmein welcome welcomewelcome
  qwertyuiop qwertyuiopasdfghjkl qwertyqwerty qwerty asdfghjkl asdfghjklzxcvbnm zxcvbnm abcdefghijkl abcdefghijklmnop
  abcdefghijklmnopqrstuvwxyz 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 qazwsxedcrfv changeme
  changemechangeme trustno1trustno1 monkeymonkey dragondragon sunshinesunshine footballfootball baseballbaseball
  princessprincess supermansuperman whateverwhatever mypassword thisismypassword correcthorsebatterystaple secretsecret
  adminadminadmin adminadmin admin passw0rdpassw0rd passw0rd p@ssw0rd p@ssword chatdesk chatdesk-demo chatdesk-demo`.split(
    /\s+/,
  ),
)

/**
 * Throws `VALIDATION_FAILED` for what is guessed first: the commonest passwords, whatever follows them, a few characters
 * over and over, a row of digits, or one's own e-mail.
 */
export function requireGoodPassword(password: string, { field, email }: { field: string; email?: string }): void {
  const plain = password.toLowerCase()
  const own = email?.toLowerCase()
  const isOwn = own !== undefined && [own, own.split('@')[0]].includes(plain)
  if (isOwn || isMonotonous(plain) || COMMON.has(plain) || COMMON.has(plain.replace(/[\d\W_]+$/, '')))
    throw new ChatError('VALIDATION_FAILED', 'This password is among the first that are guessed.', { field })
}

function isMonotonous(text: string): boolean {
  if (new Set(text).size < 5) return true
  return '0123456789'.repeat(4).includes(text) || '9876543210'.repeat(4).includes(text)
}
