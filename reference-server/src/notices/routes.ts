import type { MailSettings } from '@chatdesk/protocol'
import {
  endMemberPushRequest,
  mailSettingsResponse,
  memberPushSubscription,
  notificationSettings,
  notificationsResponse,
  updateMailSettingsRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { MemberActor } from '../organizations/actor.js'
import { homeOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { type PushContext, subscribeMember, unsubscribeMember } from '../push/index.js'
import { loadMailSettings, saveMailSettings } from './mail-settings.js'
import { loadNotifications, saveNotifications } from './notification-settings.js'

/** What the routes need. */
export interface NoticeRoutesContext extends PushContext {
  gate: MemberGate
  sendsMail: boolean
  /** What browsers subscribe with; undefined: this server pushes nothing. */
  pushKey: () => Promise<string | undefined>
}

/** `/api/chat-widget/notifications`, one's own; `/mail-settings`, the organization's. */
export function noticeRoutes(context: NoticeRoutesContext): Router {
  const { database, sendsMail, pushKey } = context
  /** Wherever they are just now, a guest's settings are at home. */
  const self = (actor: MemberActor) => ({ organizationId: homeOf(actor), memberId: actor.memberId })
  const answer = async (actor: MemberActor) => ({
    notifications: await loadNotifications(database.of(homeOf(actor)), self(actor)),
    pushKey: (await pushKey()) ?? null,
    sendsMail,
  })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/notifications',
      action: 'session',
      answer: notificationsResponse,
      run: ({ actor }) => answer(actor),
    }),
    memberRoute({
      method: 'put',
      path: '/notifications',
      action: 'session',
      body: notificationSettings,
      answer: notificationsResponse,
      async run({ actor, body }) {
        await saveNotifications(database.of(homeOf(actor)), self(actor), body)
        return answer(actor)
      },
    }),
    memberRoute({
      method: 'put',
      path: '/notifications/browser',
      action: 'session',
      body: memberPushSubscription,
      run: ({ actor, body }) =>
        subscribeMember(context, { ...self(actor), memberSessionId: actor.memberSessionId }, body),
    }),
    memberRoute({
      method: 'delete',
      path: '/notifications/browser',
      action: 'session',
      body: endMemberPushRequest,
      run: ({ actor, body: { endpoint } }) => unsubscribeMember(context, self(actor), endpoint),
    }),
    memberRoute({
      method: 'get',
      path: '/mail-settings',
      action: 'organization.read',
      answer: mailSettingsResponse,
      run: async ({ actor: { organizationId } }) => ({
        mailSettings: await loadMailSettings(database.of(organizationId), organizationId),
      }),
    }),
    memberRoute({
      method: 'patch',
      path: '/mail-settings',
      action: 'organization.update',
      body: updateMailSettingsRequest,
      answer: mailSettingsResponse,
      run: ({ actor: { organizationId }, body, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const before = await loadMailSettings(transaction, organizationId, { forUpdate: true })
          const after: MailSettings = {
            missedAfterMinutes: body.missedAfterMinutes ?? before.missedAfterMinutes,
            replyAfterMinutes: body.replyAfterMinutes ?? before.replyAfterMinutes,
          }
          const names = ['missedAfterMinutes', 'replyAfterMinutes'] as const
          const changed = names.filter((name) => before[name] !== after[name])
          if (changed.length > 0) {
            await saveMailSettings(transaction, organizationId, after)
            const changes = Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]))
            await record(transaction, { target: { kind: 'organization', id: organizationId }, changes })
          }
          return { mailSettings: after }
        }),
    }),
  ])
}
