export { createMailQueue, type MailQueue } from './mail-queue.js'
