import axe from 'axe-core'

/** The shadow root of the widget on this page. */
export function shadow(): ShadowRoot {
  const root = document.querySelector('chatdesk-widget')?.shadowRoot
  if (!root) throw new Error('There is no widget.')
  return root
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
