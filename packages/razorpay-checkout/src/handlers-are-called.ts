/** Browsers within apps, and small ones, of which the provider says that handlers do not work in them. */
const SILENT = /FBA[NV]|FB_IAB|Instagram|Opera|OP([RT]\/|iOS)|UC(Browser|WEB)|; wv\)/

/**
 * Whether a browser tells the page how a payment went. In-app browsers of Facebook and Instagram, Opera, UC and WebViews do not: they
 * have to be brought back by an address. There is no other way to find out than by the name that a browser gives itself.
 *
 * @param userAgent as `navigator.userAgent` says.
 */
export function handlersAreCalled(userAgent: string): boolean {
  // Of WebKit on iOS only Safari itself, and browsers that are like it, say `Safari`: a WebView does not.
  const isWebView = /iP(hone|ad)/.test(userAgent) && !userAgent.includes('Safari/')
  return !isWebView && !SILENT.test(userAgent)
}
