import type { Finding } from './diagnosis.js'

/** Names an element as a developer would look for it. */
function nameOf({ localName, id, classList }: Element): string {
  return [localName, id && `#${id}`, ...[...classList].map((name) => `.${name}`)].join('')
}

/** Whether a visitor can see and reach what the widget shows, and what is in the way. */
export function checkVisible(host: Element, shown: Element): Finding {
  const fault = (says: string): Finding => ({ check: 'visible', ok: false, says })
  if (!host.isConnected) return fault('the widget was taken off the page')
  for (let element: Element | null = host; element; element = element.parentElement) {
    const { display, visibility, opacity } = getComputedStyle(element)
    if (display === 'none') return fault(`${nameOf(element)} has display: none`)
    if (visibility !== 'visible') return fault(`${nameOf(element)} has visibility: ${visibility}`)
    if (opacity === '0') return fault(`${nameOf(element)} has opacity: 0`)
  }
  const { left, top, width, height } = shown.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  const { clientWidth, clientHeight } = document.documentElement
  if (width === 0 || height === 0) return fault('it has no size')
  if (x < 0 || y < 0 || x > clientWidth || y > clientHeight) return fault('it stands outside of what can be seen')
  const topmost = document.elementFromPoint(x, y)
  if (topmost !== host) return fault(`${topmost ? nameOf(topmost) : 'nothing that takes a press'} lies over it`)
  return { check: 'visible', ok: true, says: 'it can be seen and pressed' }
}

/** What the page's policy has blocked so far, of ours or not: browsers that keep reports of it say so, the others keep none. */
export function checkPolicy(origins: readonly string[]): Finding {
  const blocked: string[] = []
  if (typeof ReportingObserver === 'function') {
    const observer = new ReportingObserver(() => {}, { types: ['csp-violation'], buffered: true })
    observer.observe()
    for (const report of observer.takeRecords()) {
      const { effectiveDirective, blockedURL } = report.body as unknown as Record<string, string>
      if (origins.some((origin) => blockedURL?.startsWith(origin))) blocked.push(`${effectiveDirective} ${blockedURL}`)
    }
    observer.disconnect()
  }
  return blocked.length > 0
    ? { check: 'policy', ok: false, says: `the page's Content-Security-Policy blocks ${blocked.join(', ')}` }
    : { check: 'policy', ok: true, says: 'no policy is known to block it' }
}

/** Whether this browser lets the page keep anything. */
export function checkStorage(): Finding {
  try {
    const name = 'chatdesk.diagnose'
    sessionStorage.setItem(name, name)
    sessionStorage.removeItem(name)
    return { check: 'storage', ok: true, says: 'the browser keeps what the chat needs' }
  } catch {
    return { check: 'storage', ok: false, says: 'the browser refuses storage: a chat is gone with its page' }
  }
}

/** Whether the rest of the chat came, which a digest of the page's import map may have refused (threat 20). */
export async function checkFiles(load: () => Promise<unknown>): Promise<Finding> {
  try {
    await load()
    return { check: 'files', ok: true, says: 'the parts of the chat could be loaded' }
  } catch (error) {
    const says = `a part of the chat is missing, blocked, or not the one whose digest the page names: ${String(error)}`
    return { check: 'files', ok: false, says }
  }
}
