/** Sounds and notifications. Fetched once there is a session, in which something may arrive. */
export { notifyTexts as texts } from '../../text/en-notify.js'
export { default as css } from '../../theme/notify.css?inline'
export { toggleNotices } from './notices.js'
export { Notifier as Attendant } from './notifier.js'
