// Stands in for https://checkout.razorpay.com/v1/checkout.js: the same surface, and an overlay in which one chooses how it goes.
;(() => {
  const ORIGIN = new URL(document.currentScript.src).origin
  /** Resolves when the way back that the last checkout took has arrived: the next one's entry must not be pushed before. */
  let wayBack = Promise.resolve()

  class Razorpay {
    #options
    #listeners = new Map()
    #checkout = null

    constructor(options) {
      if (!options?.key) throw new Error('No key passed')
      this.#options = options
    }

    /** `payment.failed`, for every attempt that fails. It may still be followed by one that goes well. */
    on(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
    }

    /** Opens the overlay. There is no `close`, as there is none in the original. */
    open() {
      if (this.#checkout) return
      this.#checkout = openCheckout(this.#options, {
        failed: (error) => {
          for (const listener of this.#listeners.get('payment.failed') ?? []) listener({ error })
        },
        ended: () => {
          this.#checkout = null
        },
      })
    }
  }

  /** Puts the overlay on the page and listens to its frame until it ends. */
  function openCheckout(options, { failed, ended }) {
    const modal = options.modal ?? {}
    const focused = document.activeElement
    const overflow = document.body.style.overflow
    const container = document.createElement('div')
    container.className = 'razorpay-container'
    container.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:rgba(0,0,0,.6)'
    if (options.theme?.backdrop_color) container.style.background = options.theme.backdrop_color
    const frame = document.createElement('iframe')
    frame.title = 'Razorpay Checkout'
    frame.className = 'razorpay-checkout-frame'
    frame.src = `${ORIGIN}/checkout/frame?origin=${encodeURIComponent(location.origin)}`
    frame.style.cssText =
      'position:absolute;inset:0;margin:auto;width:min(440px,100%);height:min(720px,100%);border:0;background:#fff'
    container.append(frame)

    const usesHistory = modal.handleback !== false
    let open = true
    let timer

    const close = ({ dismissed, leaving = false }) => {
      if (!open) return
      open = false
      clearTimeout(timer)
      removeEventListener('message', onMessage)
      removeEventListener('popstate', onBack)
      document.removeEventListener('keydown', onKey)
      container.remove()
      document.body.style.overflow = overflow
      // Whoever sends the page elsewhere must not have the way back take it away again.
      if (usesHistory && !leaving && history.state?.razorpayCheckout) {
        wayBack = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }))
        history.back()
      }
      if (focused instanceof HTMLElement) focused.focus()
      ended()
      if (dismissed) modal.ondismiss?.()
    }

    /** Somebody wants out: asked first if the page wants it so. */
    const dismiss = () => {
      if (modal.confirm_close && !confirm('Do you want to cancel the payment?')) return
      close({ dismissed: true })
    }

    const succeed = (payment) => {
      const answer = { razorpay_payment_id: payment.paymentId }
      if (payment.orderId) {
        answer.razorpay_order_id = payment.orderId
        answer.razorpay_signature = payment.signature
      }
      const leaving = Boolean(options.callback_url && (options.redirect || !options.handler))
      close({ dismissed: false, leaving })
      if (leaving) post(options.callback_url, answer)
      else options.handler?.(answer)
    }

    const fail = (error) => {
      failed(error)
      if (options.callback_url && options.redirect) {
        close({ dismissed: false, leaving: true })
        const { code, description, field } = error
        post(options.callback_url, {
          'error[code]': code,
          'error[description]': description,
          ...(field ? { 'error[field]': field } : {}),
        })
      } else if (options.retry === false || options.retry?.enabled === false) close({ dismissed: true })
    }

    const told = {
      ready: () => frame.contentWindow.postMessage({ type: 'options', options: plain(options) }, ORIGIN),
      success: ({ payment }) => succeed(payment),
      failed: ({ error }) => fail(error),
      close: dismiss,
      escape: () => modal.escape !== false && dismiss(),
    }
    const onMessage = ({ origin, source, data }) => {
      if (origin === ORIGIN && source === frame.contentWindow && Object.hasOwn(told, data?.type)) told[data.type](data)
    }
    const onBack = () => close({ dismissed: true })
    const onKey = (event) => event.key === 'Escape' && modal.escape !== false && dismiss()

    addEventListener('message', onMessage)
    document.addEventListener('keydown', onKey)
    container.addEventListener('click', (event) => {
      if (event.target === container && modal.backdropclose) dismiss()
    })
    if (usesHistory) {
      void wayBack.then(() => {
        if (!open) return
        history.pushState({ ...history.state, razorpayCheckout: true }, '')
        addEventListener('popstate', onBack)
      })
    }
    if (options.timeout) timer = setTimeout(() => close({ dismissed: true }), options.timeout * 1000)
    document.body.style.overflow = 'hidden'
    document.body.append(container)
    frame.focus()
    return { close }
  }

  /** What can be sent to the frame: options without their functions. */
  function plain(options) {
    return JSON.parse(JSON.stringify(options))
  }

  /** Sends the whole page to an address, by a form, as the callback of the original is reached. */
  function post(address, fields) {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = address
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement('input')
      input.type = 'hidden'
      input.name = name
      input.value = value
      form.append(input)
    }
    document.body.append(form)
    form.submit()
  }

  window.Razorpay = Razorpay
})()
