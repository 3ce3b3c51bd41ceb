import { layOutMail } from '../mail/index.js'
import type { Mail } from '../platform/mailer.js'

/** Tells a member of a conversation, which the mail opens. Mails of one conversation are one thread. */
export function noticeMail(
  publicUrl: URL,
  facts: {
    to: string
    conversationId: string
    subject: string
    text: string
    quotes?: readonly { name: string; text: string }[]
  },
): Mail {
  const { conversationId, ...said } = facts
  const page = `${publicUrl.href.replace(/\/$/, '')}/console/#`
  const layout = layOutMail({
    ...said,
    link: { url: `${page}/conversations/${conversationId}`, label: 'Open the conversation' },
    end: [
      {
        text: 'What ChatDesk mails you, you choose in Settings › Notifications',
        url: `${page}/settings/notifications`,
      },
    ],
  })
  return { ...layout, thread: `conversation-${conversationId}` }
}
