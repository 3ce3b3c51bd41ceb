import { onPageVisibility } from '../../launcher/host-page.js'

/**
 * Shows a notification of the browser, in the place of an earlier one of the same tag, until the page is seen again.
 *
 * @param onPress called when it is pressed, with the page in front.
 */
export function showNotice(title: string, body: string, tag: string, onPress: () => void): void {
  try {
    const notice = new Notification(title, { body, tag })
    notice.onclick = () => {
      window.focus()
      notice.close()
      onPress()
    }
    const stop = onPageVisibility(() => {
      stop()
      notice.close()
    })
  } catch {
    // Android lets service workers alone show notifications.
  }
}
