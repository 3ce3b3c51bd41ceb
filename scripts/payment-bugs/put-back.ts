import type { PaymentBug } from './bugs.js'

/** By this name a test run is told, in JSON, which bug it has; without it, it has none. */
export const BUG_VARIABLE = 'CHATDESK_PAYMENT_BUG'

/** Changes a source on its way into a test: nothing on the disk is touched. */
export function putBack(): { name: string; enforce: 'pre'; transform(code: string, id: string): string | undefined } {
  const bug = JSON.parse(process.env[BUG_VARIABLE] ?? 'null') as PaymentBug | null
  return {
    name: 'put-back',
    enforce: 'pre',
    transform(code, id) {
      if (!bug || !id.split('?')[0]?.endsWith(`/${bug.file}`)) return undefined
      if (code.split(bug.before).length !== 2) throw new Error(`${bug.file} has this not once: ${bug.before}`)
      return code.replace(bug.before, () => bug.after)
    },
  }
}
