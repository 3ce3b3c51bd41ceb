import { mute } from '../notify/sound-switch.js'
import { openTarget } from '../open-target.js'
import { popOut } from '../popout/pop-out.js'
import type { CommandContext, Commanding } from './command-table.js'
import { setLocale } from './set-locale.js'
import { visibility } from './visibility.js'

/** How the widget stands on the page. */
export function lookCommands({
  panel,
}: CommandContext): Commanding<
  | 'open'
  | 'close'
  | 'toggle'
  | 'show'
  | 'hide'
  | 'expand'
  | 'popout'
  | 'setLocale'
  | 'setTheme'
  | 'setLauncher'
  | 'setPosition'
  | 'setZIndex'
  | 'mute'
> {
  const { launcher, options, events, applyOptions } = panel
  const { show, hide, closeByPage, hideLauncher } = visibility(panel)

  return {
    open: (target) => (target === undefined ? panel.show() : openTarget(panel, target)),
    close: closeByPage,
    toggle: (open = !panel.open) => (open ? panel.show() : closeByPage()),
    show(what) {
      show()
      if (what === 'panel') panel.show()
    },
    hide,
    expand(expanded = !panel.expanded) {
      panel.show()
      panel.update({ expanded })
      if (expanded !== panel.expanded) events.emit('expand', { expanded })
    },
    popout: () => popOut(panel),
    setLocale: (locale) => setLocale(panel, locale),
    setTheme(theme) {
      options.theme = theme
      applyOptions()
    },
    setLauncher({ hidden, label }) {
      if (hidden !== undefined) hideLauncher(hidden)
      if (label === undefined) return
      options.texts = { ...options.texts, openChat: label }
      applyOptions()
    },
    setPosition(position) {
      options.position = position
      applyOptions()
    },
    mute: (muted = true) => mute(options, muted),
    setZIndex(zIndex) {
      ;(launcher.root.host as HTMLElement).style.setProperty('z-index', `${zIndex}`)
    },
  }
}
