/** The chunk `fingerprint.js`: fetched by a panel that is asked for a device hint, and may make one. */
export { deviceHint } from '@chatdesk/identity/fingerprint'
