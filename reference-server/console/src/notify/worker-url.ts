/** The service worker beside the console's page; the one script that may be named by a text (threat 55). */
export const WORKER_URL = 'notify-worker.js'
