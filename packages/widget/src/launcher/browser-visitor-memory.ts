import { mayStore, type WidgetOptions } from '../widget-options.js'

/** What this browser keeps of a widget beyond a tab, for comfort alone. `consent false` takes it away. */

type Owner = Pick<WidgetOptions, 'widgetKey' | 'consent'>

/** Reads what stands under a name; empty when there is nothing, or storage is refused by the browser or the visitor. */
export function recallVisitor(owner: Owner, name: string): string {
  try {
    return (mayStore(owner) && localStorage.getItem(name + owner.widgetKey)) || ''
  } catch {
    return ''
  }
}

/** Keeps a text, as far as that is possible. */
export function keepVisitor(owner: Owner, name: string, value: string): void {
  try {
    if (mayStore(owner)) localStorage.setItem(name + owner.widgetKey, value)
  } catch {
    // Full or refused: it is forgotten with the page.
  }
}
