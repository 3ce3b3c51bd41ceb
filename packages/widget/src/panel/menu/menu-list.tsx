import { Component, createRef, type TargetedKeyboardEvent } from 'preact'
import { part } from '../anatomy.js'
import type { PopupProps } from '../extras/popup-button.jsx'
import { Icon } from '../icon.js'
import { onOutside } from '../popup/on-outside.js'
import { MENU_ITEMS, type MenuItem } from './menu-items.js'

/** A menu as WAI-ARIA has it: one stop of the tabulator, arrows within, letters, Escape. */
export class Menu extends Component<PopupProps> {
  private readonly list = createRef<HTMLDivElement>()
  private stop = () => {}

  override componentDidMount(): void {
    const list = this.list.current as HTMLDivElement
    this.items()[0]?.focus()
    const { panel, onClose } = this.props
    this.stop = onOutside(panel.container, list, () => onClose(false))
  }

  override componentWillUnmount(): void {
    this.stop()
  }

  private items(): HTMLElement[] {
    return [...(this.list.current as HTMLDivElement).children] as HTMLElement[]
  }

  private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const { key } = event
    const items = this.items()
    const at = items.indexOf(event.target as HTMLElement)
    const letter = key.length === 1 && key !== ' ' ? key.toLowerCase() : ''
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: -1,
    }[key]
    if (next !== undefined) items.at(next % items.length)?.focus()
    else if (letter) {
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
      after.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus()
    } else if (key === 'Escape' || key === 'Tab') this.props.onClose(true)
    else return
    // The panel would close on Escape, and Tab goes on from the button.
    event.stopPropagation()
    if (key !== 'Tab') event.preventDefault()
  }

  private readonly choose = (item: MenuItem): void => {
    const { panel, bring, onClose } = this.props
    onClose(true)
    void Promise.resolve(item.run(panel, bring)).catch(() => {})
  }

  override render() {
    const { panel } = this.props
    return (
      <div {...part('menu')} ref={this.list} role="menu" aria-label={panel.texts.menu} onKeyDown={this.onKeyDown}>
        {MENU_ITEMS.filter(({ when }) => !when || when(panel)).map((item) => (
          <button key={item.shape} type="button" role="menuitem" tabIndex={-1} onClick={() => this.choose(item)}>
            <Icon shape={item.shape} size={18} />
            {item.label(panel)}
          </button>
        ))}
      </div>
    )
  }
}
