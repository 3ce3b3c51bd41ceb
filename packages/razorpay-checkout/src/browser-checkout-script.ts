import { checkoutClass, onForbidden, type TopPage, topPage } from './browser-top-page.js'
import { type BlockedReason, blocked } from './checkout-outcome.js'

/** Where the provider's script comes from. */
export interface ScriptOptions {
  /** Default: the provider's own, which may not be copied. A simulator has its own. */
  src?: string
  /** How long it may take, in milliseconds. Default: 10,000. */
  timeoutMs?: number
  /** Of a page whose policy knows scripts by it. */
  nonce?: string
}

/** Whether the provider's window can be had in this page. */
export type ScriptState = { status: 'ready' } | { status: 'blocked'; reason: BlockedReason }

/** The provider's own. */
export const CHECKOUT_SRC = 'https://checkout.razorpay.com/v1/checkout.js'
const PATIENCE_MS = 10_000
/** Marks a script of ours, which is gone where it has failed. */
const OURS = 'chatdesk'

/** Of the uppermost page, while it is on its way. */
let loading: Promise<ScriptState> | undefined

/**
 * Brings the provider's script into the page, once, however many ask, and whoever else has brought it. What has failed may be tried
 * again. Settles always; rejects never.
 */
export async function loadCheckoutScript(options: ScriptOptions = {}): Promise<ScriptState> {
  const page = topPage()
  if (!page) return blocked('framed')
  if (checkoutClass(page)) return { status: 'ready' }
  loading ??= load(page, options).finally(() => {
    // Of what came, the page itself says that it is there.
    loading = undefined
  })
  return loading
}

function load(page: TopPage, { src = CHECKOUT_SRC, timeoutMs = PATIENCE_MS, nonce }: ScriptOptions) {
  const { document } = page
  const script = findScript(document, src) ?? document.createElement('script')
  return new Promise<ScriptState>((resolve) => {
    const end = (reason?: BlockedReason) => {
      clearTimeout(timer)
      stop()
      if (reason && OURS in script.dataset) script.remove()
      resolve(reason ? blocked(reason) : { status: 'ready' })
    }
    const stop = onForbidden(page, src, 'script-src', () => end('policy'))
    const timer = setTimeout(end, timeoutMs, 'timeout')
    script.addEventListener('load', () => end(checkoutClass(page) ? undefined : 'unusable'))
    // A little later: of a policy, the page is told behind the error.
    script.addEventListener('error', () => setTimeout(end, 0, 'network'))
    if (script.isConnected) return
    try {
      script.dataset[OURS] = ''
      if (nonce) script.nonce = nonce
      script.src = src
      document.head.append(script)
    } catch {
      // Trusted Types take no plain address.
      end('policy')
    }
  })
}

/** One that is on its way: ours, or the page's own while the page is still loading. */
function findScript(document: Document, src: string): HTMLScriptElement | undefined {
  const { href } = new URL(src, document.baseURI)
  const found = [...document.scripts].find((script) => script.src === href)
  return found && (OURS in found.dataset || document.readyState !== 'complete') ? found : undefined
}
