import type { MailSettings, NotificationSettings, Notifications } from '@chatdesk/protocol'
import { mailSettingsResponse, notificationsResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** Where this browser takes notifications, as its push service has said. */
export interface PushAddress {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** What oneself wants to hear of, and when the organization mails. */
export interface NotificationsApi {
  read(): Promise<Notifications>
  save(settings: NotificationSettings): Promise<Notifications>
  addBrowser(address: PushAddress): Promise<void>
  removeBrowser(endpoint: string): Promise<void>
  mailSettings(): Promise<MailSettings>
  saveMailSettings(changes: Partial<MailSettings>): Promise<MailSettings>
}

export function createNotificationsApi({ ask, tell }: AdminCalls): NotificationsApi {
  return {
    read: () => ask(notificationsResponse, 'GET', 'chat-widget/notifications'),
    save: (settings) => ask(notificationsResponse, 'PUT', 'chat-widget/notifications', settings),
    addBrowser: (address) => tell('PUT', 'chat-widget/notifications/browser', address),
    removeBrowser: (endpoint) => tell('DELETE', 'chat-widget/notifications/browser', { endpoint }),
    mailSettings: async () => (await ask(mailSettingsResponse, 'GET', 'chat-widget/mail-settings')).mailSettings,
    saveMailSettings: async (changes) =>
      (await ask(mailSettingsResponse, 'PATCH', 'chat-widget/mail-settings', changes)).mailSettings,
  }
}
