import { createHmac } from 'node:crypto'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Kinds of things that have an id, by what the id begins with. */
export const ID_PREFIXES = {
  account: 'acc_',
  order: 'order_',
  payment: 'pay_',
  refund: 'rfnd_',
  link: 'plink_',
  card: 'card_',
  webhook: 'hook_',
  event: '',
  delivery: 'dlv_',
  fault: 'flt_',
} as const

/** What an id is of. */
export type IdKind = keyof typeof ID_PREFIXES

/** The n-th id of a kind under a seed: prefix and 14 of 62 letters, the same every time. */
export function seededId(seed: string, kind: IdKind, ordinal: number): string {
  let number = BigInt(`0x${createHmac('sha256', seed).update(`${kind}\0${ordinal}`).digest('hex')}`)
  let text = ''
  for (let digit = 0; digit < 14; digit++) {
    text += DIGITS[Number(number % 62n)]
    number /= 62n
  }
  return ID_PREFIXES[kind] + text
}

/** The n-th draw under a seed, in [0, 1). */
export function seededDraw(seed: string, ordinal: number): number {
  const digest = createHmac('sha256', seed).update(`draw\0${ordinal}`).digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}

/** Whether a text could be an id of the kind: case-sensitive, as Razorpay's are. */
export function looksLikeId(text: string, kind: IdKind): boolean {
  return text.startsWith(ID_PREFIXES[kind]) && /^[A-Za-z0-9]{14}$/.test(text.slice(ID_PREFIXES[kind].length))
}
