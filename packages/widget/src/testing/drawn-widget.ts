import axe from 'axe-core'
import { onTestFinished } from 'vitest'
import type { PartName } from '../panel/anatomy.js'

/** The shadow root of the widget on this page. */
export function shadow(): ShadowRoot {
  const root = document.querySelector('chatdesk-widget')?.shadowRoot
  if (!root) throw new Error('There is no widget.')
  return root
}

/** The first element that is drawn of a part. */
export function drawn(part: PartName | 'launcher'): HTMLElement {
  const element = shadow().querySelector<HTMLElement>(`[data-part="${part}"]`)
  if (!element) throw new Error(`There is no ${part}.`)
  return element
}

/** A style sheet of the page around the widget, until the test is over. */
export function pageCss(css: string): void {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
  onTestFinished(() => style.remove())
}

/** What axe finds in it, when its fades have ended: they would be measured half way. */
export async function violations(): Promise<string[]> {
  for (const animation of shadow().getAnimations()) animation.finish()
  const { violations } = await axe.run(document.querySelector('chatdesk-widget') as Element, {
    // About whole pages, and this one holds nothing but a widget.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary}`),
  )
}
