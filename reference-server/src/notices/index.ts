export { createMemberPushContent } from './member-push.js'
export { createNotices, isFree, type Notices } from './note-notices.js'
export { noticeMail } from './notice-mail.js'
export { noticeRoutes } from './routes.js'
