export { layOutMail } from './mail-layout.js'
export { createMailQueue, type MailQueue } from './mail-queue.js'
