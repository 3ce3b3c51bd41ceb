import { listen } from '../../launcher/host-page.js'
import type { WatchedPage } from './watch-visit.js'

/** The page around the widget. */
export const browserPage: WatchedPage = {
  // What follows `#` is a place within a page, unless an app keeps its routes there.
  address: () => location.href.replace(/#(?![!/]).*/, ''),
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement ?? document.documentElement
    const most = scrollHeight - clientHeight
    // Rounded, because a page that is zoomed never gets quite to its end.
    return most > 0 ? Math.round((scrollTop / most) * 100) : 0
  },
  onExit: (listener) =>
    listen(document, 'mouseout', (event) => {
      const { relatedTarget, clientY } = event as MouseEvent
      if (!relatedTarget && clientY <= 0) listener()
    }),
  onSecond(listener) {
    const timer = setInterval(listener, 1000)
    return () => clearInterval(timer)
  },
}
