import type { Checkout, PaymentPart, VisitorPayment } from '@chatdesk/protocol'
import { serverId } from './builders.js'
import type { TestServer } from './test-server-handle.js'

/** One call of `/api/widget/payments`. */
export interface PaymentCall {
  /** `POST /1/check`: behind the payments, with the number of one in the place of its id. */
  what: string
  body: unknown
}

/** A server's payments, for tests and stories: what it tells in the log, and what it answers. */
export interface PaymentBooks {
  /** For the client, in front of the server's own. */
  readonly fetch: typeof globalThis.fetch
  readonly calls: readonly PaymentCall[]
  /** Of a server with a conversation. */
  join(server: TestServer): void
  /** Asks for a payment, or says how it stands now: one version further, in the log. */
  tell(number: number, changes?: Partial<VisitorPayment>): void
  /** The same, without a word in the log: whoever asks is told. */
  change(number: number, changes: Partial<VisitorPayment>): void
  /** What a press on the button is answered, one after the other, the last one again and again. */
  checkouts: (Checkout | 'refused')[]
  /** What a page that has no window is answered. */
  blocked: Checkout
  /** Whether anything is answered. */
  reachable: boolean
}

/** An order that can be opened. */
export const PAYMENT_ORDER: Extract<Checkout, { kind: 'order' }> = {
  ...{ kind: 'order', keyId: 'rzp_test_simA', orderId: 'order_00000000000001', amountMinor: 50_000, currency: 'INR' },
  ...{ name: 'Northwind', description: 'A chair', prefill: { name: 'Asha' } },
}
/** An address where it is paid. */
export const PAYMENT_LINK: Checkout = { kind: 'link', url: 'https://pay.example/l/1' }

const idOf = (number: number) => serverId(0xa000 + number)

/** Books without a payment. */
export function createPaymentBooks(): PaymentBooks {
  const payments = new Map<number, VisitorPayment>()
  const calls: PaymentCall[] = []
  let server: TestServer | undefined

  function change(number: number, changes: Partial<VisitorPayment> = {}): VisitorPayment {
    const at = new Date(Date.UTC(2026, 0, 1, 12, number)).toISOString()
    const before = payments.get(number) ?? {
      ...{ id: idOf(number), purpose: 'A chair', amountMinor: 50_000, currency: 'INR', status: 'awaiting_payment' },
      ...{
        paidMinor: 0,
        refundedMinor: 0,
        failures: 0,
        version: 0,
        expiresAt: null,
        receipt: null,
        createdAt: at,
        updatedAt: at,
      },
    }
    const payment = { ...before, seen: false, version: before.version + 1, ...changes } as VisitorPayment
    payments.set(number, payment)
    return payment
  }

  function markSeen({ payments: seen }: { payments: readonly { id: string; version: number }[] }): void {
    for (const [number, known] of payments)
      if (seen.some(({ id, version }) => id === known.id && version >= known.version))
        payments.set(number, { ...known, seen: true })
  }

  function answer(books: PaymentBooks, method: string, path: string, body: unknown): unknown {
    const [, number = 0, what] = /^\/(\d+)\/(\w+)$/.exec(path) ?? []
    const payment = payments.get(Number(number))
    switch (what ?? `${method} ${path}`) {
      case 'GET ':
        return { payments: [...payments.values()].reverse() }
      case 'POST /seen':
        markSeen(body as { payments: readonly { id: string; version: number }[] })
        return undefined
      case 'checkout': {
        const { blocked } = body as { blocked?: boolean }
        return blocked ? books.blocked : books.checkouts.length > 1 ? books.checkouts.shift() : books.checkouts[0]
      }
      default:
        return { payment }
    }
  }

  const books: PaymentBooks = {
    calls,
    checkouts: [PAYMENT_ORDER],
    blocked: PAYMENT_LINK,
    reachable: true,
    join(joined) {
      server = joined
    },
    change,
    tell(number, changes) {
      const { id: intentId, createdAt, updatedAt, seen, expiresAt, receipt, ...rest } = change(number, changes)
      const text = `In words: ${rest.purpose}`
      const more = { ...(expiresAt ? { expiresAt } : {}), ...(receipt ? { receipt } : {}) }
      const part: PaymentPart = { type: 'payment', text, intentId, ...rest, ...more }
      server?.agentSays(part)
    },
    async fetch(input, init) {
      const [, path] = /\/api\/widget\/payments(.*)$/.exec(`${input}`) ?? []
      if (path === undefined) return (server as TestServer).fetch(input, init)
      const short = [...payments].reduce((text, [number, { id }]) => text.replace(id, `${number}`), path)
      const body = init?.body ? JSON.parse(`${init.body}`) : undefined
      const method = init?.method ?? 'GET'
      calls.push({ what: `${method} ${short}`, body })
      if (!books.reachable) throw new TypeError('Failed to fetch')
      const answered = answer(books, method, short, body)
      if (answered === 'refused') {
        const error = { code: 'UNAVAILABLE', message: 'No.' }
        return new Response(JSON.stringify({ error }), { status: 503 })
      }
      return answered === undefined ? new Response(null, { status: 204 }) : Response.json(answered)
    },
  }
  return books
}
