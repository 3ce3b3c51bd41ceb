import type { Page } from '@playwright/test'

/**
 * Notes whatever the page's policy refuses from now on: as the page is told, and as the browser says it to the developer.
 *
 * @returns what was noted so far.
 */
export async function watchPolicy(page: Page): Promise<() => readonly string[]> {
  const refused: string[] = []
  page.on('console', (message) => {
    if (/content.security.policy|trusted/i.test(message.text()) && !message.text().includes('favicon'))
      refused.push(message.text())
  })
  // A message of its own, so that it is in time whatever the page does next.
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      if (!blockedURI.includes('favicon')) console.warn(`content security policy: ${effectiveDirective} ${blockedURI}`)
    }),
  )
  return () => refused
}
