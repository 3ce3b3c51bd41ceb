import { ChatError, type ConversationSummary } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { unreadTotal } from '../inbox/unread-total.js'
import { isQuiet } from './quiet-now.js'
import { useTitleBadge } from './use-title-badge.js'
import { noticesOf } from './what-to-tell.js'

/** Tells the member what they want to hear of: by a sound, outside of the page, in the tab's title, in the inbox. Draws nothing. */
export function Notifier() {
  const { client, admin, current, notify, $notifications, $mentions, $attentive, $now } = useConsole()
  const [location, navigate] = useLocation()
  const rows = useStore(client.$inbox)
  const { loaded } = useStore(client.$inboxState)
  const settings = useStore($notifications)
  const attentive = useStore($attentive)
  const mentions = useStore($mentions)
  const lookedAt = attentive ? location.split('/')[2] : undefined
  const seen = useRef<readonly ConversationSummary[] | null>(null)
  useTitleBadge(unreadTotal(rows))

  useEffect(() => {
    admin.notifications.read().then(
      (read) => $notifications.set(read.notifications),
      (error: unknown) => {
        // Without an answer nothing is told; the settings' page says what is wrong.
        if (!ChatError.isInstance(error)) throw error
      },
    )
  }, [admin, $notifications])

  useEffect(() => notify.push.onOpen((id) => navigate(`/conversations/${id}`)), [notify, navigate])

  useEffect(() => {
    const before = seen.current
    seen.current = loaded ? rows : null
    // What stood there when the console was opened is no news, and a guest's eyes are on another organization's rows.
    if (!before || !settings || current.visiting) return
    const notices = noticesOf(before, rows, settings, current.member.id).filter(
      ({ conversationId }) => lookedAt !== conversationId,
    )
    const named = notices.filter(({ isMention }) => isMention).map(({ conversationId }) => conversationId)
    // A sign makes no noise: it may stand there in quiet hours as well.
    if (named.length > 0) $mentions.set(new Set([...$mentions.get(), ...named]))
    const told = isQuiet(new Date($now.get()), settings.quietHours)
      ? notices.filter(({ isUrgent }) => isUrgent)
      : notices
    if (told.length === 0) return
    if (settings.sound) notify.chime()
    if (settings.browser && !attentive)
      for (const notice of told) notify.show(notice, () => navigate(`/conversations/${notice.conversationId}`))
  }, [rows, loaded, settings, attentive, lookedAt, current, notify, navigate, $mentions, $now])

  useEffect(() => {
    if (lookedAt !== undefined && mentions.has(lookedAt))
      $mentions.set(new Set([...mentions].filter((id) => id !== lookedAt)))
  }, [lookedAt, mentions, $mentions])

  return null
}
