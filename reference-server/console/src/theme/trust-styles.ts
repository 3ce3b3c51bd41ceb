import { WORKER_URL } from '../notify/worker-url.js'

/** As much of the browser's as is used; absent where it has none. */
interface TrustedTypesWindow {
  trustedTypes?: { createPolicy(name: string, rules: Record<string, (text: string) => string | null>): unknown }
}

/** What may be set as HTML in the console: text without markup. Null: the browser refuses it. */
function trustedText(text: string): string | null {
  return text.includes('<') ? null : text
}

/**
 * The component library writes its styles as the HTML of `<style>`, where the console's pages let nothing be set that is not
 * trusted (threat 55). Styles hold no markup, so that what does is refused as before.
 */
export function trustStyles(page: Window & TrustedTypesWindow): void {
  page.trustedTypes?.createPolicy('default', {
    createHTML: trustedText,
    // The worker that shows notifications, by this very name.
    createScriptURL: (url) => (url === WORKER_URL ? url : null),
  })
}
