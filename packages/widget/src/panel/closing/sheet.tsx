import { Component, type ComponentChildren, type TargetedKeyboardEvent } from 'preact'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'

/** What asks or gives something once, in the place of the conversation. Escape leaves it, not the panel. */
export class Sheet extends Component<PanelProps & { children: ComponentChildren }> {
  /** The focus goes back to the menu, from which it was opened. */
  override componentWillUnmount(): void {
    this.props.panel.container.querySelector<HTMLElement>('[data-action="menu"]')?.focus()
  }

  private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Escape' || event.isComposing) return
    event.stopPropagation()
    this.props.panel.update({ view: null })
  }

  override render() {
    const { panel, children } = this.props
    return (
      <section {...part('sheet')} aria-label={panel.view?.title} onKeyDown={this.onKeyDown}>
        {children}
      </section>
    )
  }
}
