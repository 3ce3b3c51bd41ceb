// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of sources
/**
 * The bugs that integrations of Razorpay are known for, each as a change of our own source that puts it back, and the tests that are to
 * fail then. Rows are those of the design's list of common integration bugs; the same numbers stand in the names of tests.
 */
export interface PaymentBug {
  /** 1 to 25. Several may stand for a bug that can be made in several places. */
  row: number
  what: string
  /** From the root of the repository. */
  file: string
  /** Stands in the file exactly once. */
  before: string
  after: string
  /** Which tests are asked, and the beginning of a name among them: one of these at least has to fail. */
  tests: { project: 'server' | 'node' | 'browser'; file: string; name: string }
}

const PAYMENTS = 'reference-server/src/payments'
const server = (file: string, name: string) => ({ project: 'server', file: `${PAYMENTS}/${file}`, name }) as const

const CARDS = 'packages/widget/src/panel/payments'
const card = (name: string) => ({ project: 'browser', file: `${CARDS}/payments.browser.test.tsx`, name }) as const

const CHECKOUT = 'packages/razorpay-checkout/src'
const checkout = (name: string) => ({ project: 'node', file: `${CHECKOUT}/checkout.test.ts`, name }) as const
const OPEN_CHECKOUT = { file: `${CHECKOUT}/browser-open-checkout.ts` }
const SCRIPT = { file: `${CHECKOUT}/browser-checkout-script.ts` }

const SIGNATURES = { file: `${PAYMENTS}/provider/razorpay/signatures.ts` }
const PROVIDER = { file: `${PAYMENTS}/provider/razorpay/create-razorpay-provider.ts` }
const signatureTest = (name: string) => server('provider/razorpay/signatures.test.ts', name)
const providerTest = (name: string) => server('provider/razorpay/razorpay.test.ts', name)

/** All of them, in the order of their rows. */
export const PAYMENT_BUGS: readonly PaymentBug[] = [
  {
    ...{ row: 1, what: 'the signature is checked over what was parsed and written again', ...SIGNATURES },
    before: 'isSigned(raw, signature, secret))',
    after: 'isSigned(JSON.stringify(JSON.parse(raw.toString())), signature, secret))',
    tests: signatureTest('bug 1: are of the bytes'),
  },
  {
    ...{ row: 1, what: 'so is a real webhook', file: `${PAYMENTS}/inbox/webhook-routes.ts` },
    before: 'Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)',
    after: 'Buffer.from(JSON.stringify(JSON.parse(String(request.body))))',
    tests: {
      project: 'server',
      file: 'reference-server/test/payments.test.ts',
      name: 'a link is paid at its own page',
    },
  },
  {
    ...{
      row: 2,
      what: 'webhooks are checked with the secret of the key',
      file: `${PAYMENTS}/accounts/payment-account.ts`,
    },
    before: 'const own = open(account.sealed_webhook_secret)',
    after: 'const own = openKeySecret(sealer, account)',
    tests: server('inbox/inbox.test.ts', 'a webhook only says where to look'),
  },
  {
    ...{ row: 3, what: 'the payment stands before the order', ...SIGNATURES },
    before: '`${orderId}|${paymentId}`',
    after: '`${paymentId}|${orderId}`',
    tests: signatureTest('are those that it has published'),
  },
  {
    ...{ row: 4, what: 'a signature of another length throws', ...SIGNATURES },
    before: 'timingSafeEqual(digest(expected), digest(signature))',
    after: 'timingSafeEqual(Buffer.from(expected), Buffer.from(signature))',
    tests: signatureTest('bug 4: are refused'),
  },
  {
    ...{ row: 4, what: 'a comparison takes as long as it fits', ...SIGNATURES },
    before: 'timingSafeEqual(digest(expected), digest(signature))',
    after: 'digest.length === 1 && expected === signature',
    tests: signatureTest('bug 4: are compared'),
  },
  {
    ...{ row: 5, what: 'an empty secret is one', file: `${PAYMENTS}/provider/secrets.ts` },
    before: "if (text.trim() === '')\n    throw new ChatError('VALIDATION_FAILED', 'A webhook has a secret.'",
    after: "if (text.trim() === null)\n    throw new ChatError('VALIDATION_FAILED', 'A webhook has a secret.'",
    tests: signatureTest('bug 5: no secret is empty'),
  },
  {
    ...{ row: 6, what: 'a webhook that comes again is another one', file: `${PAYMENTS}/inbox/receive-webhook.ts` },
    before: "createHash('sha256').update(raw).digest()",
    after: "createHash('sha256').update(raw).update(String(Math.random())).digest()",
    tests: server('inbox/inbox.test.ts', 'threat 78, bug 6'),
  },
  {
    ...{ row: 7, what: 'money counts by event', file: `${PAYMENTS}/intents/payment-fact.ts` },
    before: 'return `${fact.type}:${fact.paymentId}`',
    after: 'return `${fact.type}:${fact.paymentId}:${Math.random()}`',
    tests: server('inbox/inbox.test.ts', 'bug 7: an order paid'),
  },
  {
    ...{ row: 8, what: 'nobody holds the intent while it is written', file: `${PAYMENTS}/intents/apply-facts.ts` },
    before: '\n    .forUpdate()',
    after: '',
    tests: server('intents/intents.test.ts', 'bug 8: a page, a webhook and a look'),
  },
  {
    ...{
      row: 9,
      what: 'a failure that is heard of later takes back what was captured',
      file: `${PAYMENTS}/intents/payment-state.ts`,
    },
    before: '{ failed: true, failure: fact.reason }',
    after: '{ failed: true, failure: fact.reason, authorized: undefined, captured: undefined }',
    tests: server('intents/payment-state.test.ts', 'P4: means the same in any order'),
  },
  {
    ...{ row: 10, what: 'to capture what is captured is an error', ...PROVIDER },
    before: 'return found.ok && found.value.captured ? found : taken',
    after: 'return taken',
    tests: providerTest('bug 10: what is taken already'),
  },
  {
    ...{ row: 11, what: 'nobody looks again after a dismissal', file: `${PAYMENTS}/reconcile/check-times.ts` },
    before: 'const LAST_DAY = 7',
    after: 'const LAST_DAY = 0',
    tests: server('reconcile/reconcile.test.ts', 'bug 11: looks again'),
  },
  {
    ...{ row: 11, what: 'a window that was closed is the end of it', file: `${CARDS}/pay.ts` },
    before: "case 'dismissed':\n      return desk.watch(payment, since)",
    after: "case 'dismissed':\n      return",
    tests: card('bug 11: never says that a window which was closed has failed'),
  },
  {
    ...{ row: 12, what: 'what has failed once stays so', file: `${PAYMENTS}/intents/payment-state.ts` },
    before: 'payment.captured !== undefined,\n',
    after: 'payment.captured !== undefined && !payment.failed,\n',
    tests: server('intents/payment-state.test.ts', 'bug 12: a failure ends nothing'),
  },
  {
    ...{ row: 13, what: 'a window is opened for what is no order of ours', ...OPEN_CHECKOUT },
    before: "if (!/^order_[A-Za-z0-9]+$/.test(orderId)) throw invalid('orderId')",
    after: '',
    tests: checkout('bug 13: is not opened'),
  },
  {
    ...{ row: 14, what: 'amounts are sent in rupees', ...PROVIDER },
    before: '({ amount: Number(minor), currency })',
    after: '({ amount: Number(minor) / 100, currency })',
    tests: providerTest('makes an order'),
  },
  {
    ...{
      row: 15,
      what: 'a claim is checked with the order that it names',
      file: `${PAYMENTS}/visitors/ask-provider.ts`,
    },
    before: "isGenuineClaim({ kind: 'order', orderId, ...claim })",
    after: "isGenuineClaim({ kind: 'order', orderId: '', ...claim })",
    tests: server('visitors/visitors.test.ts', 'threat 76, bug 15'),
  },
  {
    ...{ row: 15, what: 'any amount pays', file: `${PAYMENTS}/intents/payment-state.ts` },
    before: '(partial ? money.minor <= amount.minor : money.minor === amount.minor)',
    after: 'money.minor > 0n',
    tests: server('intents/payment-state.test.ts', 'threat 74, P2'),
  },
  {
    ...{ row: 16, what: 'a claim of one payment is good for any', file: `${PAYMENTS}/visitors/ask-provider.ts` },
    before: "\n    .where('intent_id', '=', intentId)\n    .where('kind', '=', 'order')",
    after: "\n    .where('kind', '=', 'order')",
    tests: server('visitors/visitors.test.ts', 'bug 16: an old claim'),
  },
  {
    ...{ row: 17, what: 'a key of no mode is taken for one of a test', ...PROVIDER },
    before: "if (mode === 'test' || mode === 'live') return mode",
    after: "if (mode !== 'live') return 'test'",
    tests: providerTest('bug 17: takes no key'),
  },
  {
    ...{ row: 18, what: 'a script that does not come in its time is there', ...SCRIPT },
    before: "const timer = setTimeout(end, timeoutMs, 'timeout')",
    after: 'const timer = setTimeout(end, timeoutMs)',
    tests: checkout('bug 18: has its time'),
  },
  {
    ...{ row: 18, what: 'a script that has come has brought the window', ...SCRIPT },
    before: "end(checkoutClass(page) ? undefined : 'unusable')",
    after: 'end()',
    tests: checkout('bug 18: that leaves no checkout behind'),
  },
  {
    ...{ row: 19, what: 'nobody hears that the page’s policy forbids the script', ...SCRIPT },
    before: "onForbidden(page, src, 'script-src', () => end('policy'))",
    after: '() => {}',
    tests: checkout('bug 19: that the page’s policy forbids'),
  },
  {
    ...{ row: 19, what: 'a page without a window has nothing to pay with', file: `${CARDS}/pay.ts` },
    before: "if (outcome.reason === 'busy') throw",
    after: 'throw',
    tests: card('bug 18, bug 19: leads to a page'),
  },
  {
    ...{ row: 20, what: 'the widget stays above the window', file: `${CARDS}/pay.ts` },
    before: "style.zIndex = '-1'",
    after: 'style.zIndex = before',
    tests: card('bug 20: opens the window'),
  },
  {
    ...{ row: 21, what: 'notes are a record', file: `${PAYMENTS}/provider/razorpay/entities.ts` },
    before: "status: z.enum(['created', 'attempted', 'paid']),",
    after: "status: z.enum(['created', 'attempted', 'paid']), notes: z.record(z.string(), z.string()),",
    tests: providerTest('bug 21: reads what has no notes'),
  },
  {
    ...{ row: 22, what: 'an order whose answer never came is made again', ...PROVIDER },
    before: 'if (mayExist) {\n        const found = await findOrder',
    after: 'if (amount.minor < 0n) {\n        const found = await findOrder',
    tests: providerTest('bug 22: finds the order'),
  },
  {
    ...{ row: 23, what: 'a refund is sent again without its key', ...PROVIDER },
    before: "{ 'x-refund-idempotency': key }",
    after: '{}',
    tests: providerTest('bug 23: sends money back once'),
  },
  {
    ...{ row: 24, what: 'a webhook is answered when all is done', file: `${PAYMENTS}/inbox/webhook-routes.ts` },
    before: "response.set('cache-control', 'no-store').sendStatus(200)\n    context.work()",
    after: "await context.work()\n    response.set('cache-control', 'no-store').sendStatus(200)",
    tests: server('inbox/webhook-routes.test.ts', 'bug 24: answers before'),
  },
  {
    ...{ row: 25, what: 'every browser is thought to call handlers', ...OPEN_CHECKOUT },
    before: '!handlersAreCalled(page.navigator.userAgent)',
    after: 'false',
    tests: checkout('is blocked without an address'),
  },
]
