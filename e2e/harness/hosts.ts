import { type HostSite, startBuiltApp, startHostSite } from './host-site.js'
import { snippet } from './snippet.js'

/** Makes a customer's site that uses the server at this address. */
type StartHost = (serverUrl: string) => Promise<HostSite>

/** An app of `examples/`, which names the server of whoever tries it. */
const example =
  (name: string): StartHost =>
  (serverUrl) =>
    startBuiltApp(new URL(`../../examples/${name}/dist/`, import.meta.url), 'http://localhost:3001', serverUrl)

/** Each way in which a site may have the widget. */
export const HOSTS: Record<string, StartHost> = {
  snippet: (serverUrl) => startHostSite(`<!doctype html><title>A site</title><h1>A site</h1>${snippet(serverUrl)}`),
  npm: example('npm'),
  React: example('react'),
  Vue: example('vue'),
}

/** What the README prints, for a nonce of `abc`. */
export const strictPolicy = (serverUrl: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-abc' ${serverUrl}`,
    `connect-src ${serverUrl} ${serverUrl.replace('http', 'ws')}`,
    `img-src 'self' data: ${serverUrl}`,
    "style-src 'nonce-abc'",
    "base-uri 'none'",
  ].join('; ')

/** The same, where Trusted Types are required of a page that has no policy for them. */
export const trustingPolicy = (serverUrl: string): string =>
  `${strictPolicy(serverUrl)}; require-trusted-types-for 'script'; trusted-types 'none'`

/** Where Trusted Types are required, no script may be fetched by a text: the page names it. */
export const scriptTag = (serverUrl: string): string => `
<script nonce="abc">
  window.chatdesk = window.chatdesk || function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('init', { widgetKey: 'wk_demo', styleNonce: 'abc' })
</script>
<script nonce="abc" async src="${serverUrl}/widget.js"></script>`

/** A page that allows nothing but what the documents say. */
export const strictHost: StartHost = (serverUrl) =>
  startHostSite(`<!doctype html><html lang="en"><title>A site</title><h1>A site</h1>${scriptTag(serverUrl)}</html>`, {
    'content-security-policy': trustingPolicy(serverUrl),
  })
