const FOCUSABLE = 'a[href], button:not([disabled]), textarea:not([disabled]), input:not([disabled]), [tabindex="0"]'

/** Keeps Tab inside an element: from its last stop to its first, and back. */
export function trapTab(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'preventDefault'>, element: HTMLElement): void {
  if (event.key !== 'Tab') return
  const stops = [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((stop) => stop.offsetParent !== null)
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  const { activeElement } = element.getRootNode() as Document | ShadowRoot
  if (activeElement !== edge) return
  event.preventDefault()
  const target = event.shiftKey ? stops.at(-1) : stops[0]
  target?.focus()
}
