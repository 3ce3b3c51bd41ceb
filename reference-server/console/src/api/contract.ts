import type { CurrentMember, FollowUp, MemberRole, TabMode } from '@chatdesk/protocol'

/** What the administration's routes take and answer. In this one place, until each stands in the protocol. */

/** Where a super admin is who looks at an organization that is not theirs; absent where nobody visits. */
export type VisitingMember = CurrentMember & {
  visiting?: { reason: string } | null
  home?: { id: string; name: string }
}

/** Days count from Monday, 1, to Sunday, 7; times are `09:00` in the hours' own time zone. */
export interface OpenHours {
  day: number
  from: string
  to: string
}

/** A date with hours of its own; without `from` and `to` it is closed all day. */
export interface HoursException {
  date: string
  from?: string | undefined
  to?: string | undefined
}

export interface BusinessHours {
  timeZone: string
  week: OpenHours[]
  exceptions: HoursException[]
}

export const FIELD_TYPES = ['text', 'email', 'phone', 'select', 'textarea', 'checkbox'] as const

export interface PreChatField {
  id: string
  label: string
  type: (typeof FIELD_TYPES)[number]
  required: boolean
  /** Of a `select`. */
  options?: string[] | undefined
}

export interface PreChatForm {
  fields: PreChatField[]
  consent: { text: string; required: boolean } | null
}

export interface ProactiveRule {
  id: string
  when: {
    url?: string | undefined
    secondsOnPage?: number | undefined
    scrollPercent?: number | undefined
    returning?: boolean | undefined
  }
  message: string
}

export interface WidgetSettings {
  primaryColor: string
  position: 'bottom-right' | 'bottom-left'
  bubbleIcon: string
  greeting: string
  autoOpen: boolean
  autoOpenDelaySeconds: number
  showAgentAvatars: boolean
  showTypingIndicator: boolean
  tabs: TabMode
  offlineMessage: string
  expectedReply: string
  businessHours: BusinessHours | null
  preChatForm: PreChatForm | null
  departmentIds: string[]
  proactiveRules: ProactiveRule[]
}

export interface Widget {
  id: string
  key: string
  name: string
  enabled: boolean
  allowedOrigins: string[]
  allowMissingOrigin: boolean
  followUp: FollowUp | null
  createdAt: string
  createdBy: { id: string; name: string } | null
  updatedAt: string
  settings: WidgetSettings
}

/** What may be changed of a widget; what is left out stays. */
export interface WidgetChanges {
  name?: string
  enabled?: boolean
  allowedOrigins?: string[]
  settings?: Partial<WidgetSettings>
}

/** Where a widget was seen. */
export interface Installation {
  domain: string
  firstSeenAt: string
  lastSeenAt: string
  version: string | null
  /** Its pages ask for the widget and are not on the list. */
  refused: boolean
  visits: number
}

export interface Department {
  id: string
  name: string
  description: string
  createdAt: string
}

export interface Member {
  id: string
  email: string
  name: string
  role: MemberRole
  createdAt: string
  lastSeenAt: string | null
}

export interface Invite {
  id: string
  email: string
  role: MemberRole
  invitedBy: { id: string; name: string } | null
  createdAt: string
  expiresAt: string
}

/** An invite just made. `link` works once; `mailed`: it was sent to them as well. */
export interface IssuedInvite {
  invite: Invite
  link: string
  mailed: boolean
}

/** What a link says of itself before it is accepted. */
export interface InviteOffer {
  email: string
  role: MemberRole
  organization: { name: string }
  expiresAt: string
}

/** A sign-in of one browser. */
export interface MemberSession {
  id: string
  createdAt: string
  lastSeenAt: string
  userAgent: string | null
  current: boolean
}

export interface ApiToken {
  id: string
  name: string
  scopes: string[]
  createdAt: string
  lastUsedAt: string | null
  expiresAt: string | null
  member: { id: string; name: string }
}

export interface Organization {
  id: string
  name: string
  createdAt: string
}

/** An organization as super admins see it. */
export interface OrganizationRow extends Organization {
  widgets: number
  members: number
}

/** The first organization and its first member. `code` is printed by the server at its start. */
export interface FirstRun {
  code: string
  organization: string
  name: string
  email: string
  password: string
}
