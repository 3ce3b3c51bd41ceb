import type { CurrentMember } from '@chatdesk/protocol'
import {
  Bell,
  Building2,
  CreditCard,
  FileClock,
  KeyRound,
  MessageSquareText,
  Network,
  Shapes,
  Sparkles,
  Tags,
  UserRound,
  Users,
  Waypoints,
  Webhook,
  Zap,
} from 'lucide-react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { useCurrentInView } from '../admin/use-current-in-view.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { PaymentAccountPage } from '../payments/account/payment-account-page.js'
import { AccountPage } from './account-page.js'
import { ApiTokensPage } from './api-tokens-page.js'
import { AuditPage } from './audit-page.js'
import { CannedRepliesPage } from './canned-replies-page.js'
import { DepartmentsPage } from './departments-page.js'
import { MacrosPage } from './macros-page.js'
import { MembersPage } from './members-page.js'
import { ModelPage } from './model-page.js'
import { NotificationsPage } from './notifications-page.js'
import { OrganizationPage } from './organization-page.js'
import { OrganizationsPage } from './organizations-page.js'
import { RoutingPage } from './routing-page.js'
import styles from './settings.module.css'
import { TagsPage } from './tags-page.js'
import { WebhooksPage } from './webhooks-page.js'

/** `for`: who sees it; the server decides again. */
const PAGES = [
  { path: '/settings/account', name: 'My account', icon: UserRound, page: AccountPage, for: 'everybody' },
  { path: '/settings/notifications', name: 'Notifications', icon: Bell, page: NotificationsPage, for: 'everybody' },
  { path: '/settings/organization', name: 'Organization', icon: Building2, page: OrganizationPage, for: 'everybody' },
  { path: '/settings/members', name: 'Members', icon: Users, page: MembersPage, for: 'everybody' },
  { path: '/settings/departments', name: 'Departments', icon: Shapes, page: DepartmentsPage, for: 'everybody' },
  { path: '/settings/routing', name: 'Routing', icon: Waypoints, page: RoutingPage, for: 'everybody' },
  {
    path: '/settings/canned-replies',
    name: 'Canned replies',
    icon: MessageSquareText,
    page: CannedRepliesPage,
    for: 'everybody',
  },
  { path: '/settings/macros', name: 'Macros', icon: Zap, page: MacrosPage, for: 'everybody' },
  { path: '/settings/tags', name: 'Tags', icon: Tags, page: TagsPage, for: 'everybody' },
  { path: '/settings/model', name: 'Model', icon: Sparkles, page: ModelPage, for: 'admins' },
  { path: '/settings/payments', name: 'Payments', icon: CreditCard, page: PaymentAccountPage, for: 'admins' },
  { path: '/settings/api-tokens', name: 'API tokens', icon: KeyRound, page: ApiTokensPage, for: 'admins' },
  { path: '/settings/webhooks', name: 'Webhooks', icon: Webhook, page: WebhooksPage, for: 'admins' },
  { path: '/settings/audit', name: 'Audit trail', icon: FileClock, page: AuditPage, for: 'admins' },
  {
    path: '/settings/organizations',
    name: 'All organizations',
    icon: Network,
    page: OrganizationsPage,
    for: 'super admins',
  },
] as const

/** The pages that a member sees, in their order. */
export function settingsPagesFor(current: CurrentMember) {
  const audiences = ['everybody', ...(mayAdminister(current) ? ['admins'] : [])]
  if (current.member.role === 'super_admin') audiences.push('super admins')
  return PAGES.filter((page) => audiences.includes(page.for))
}

/** Settings of oneself, the organization and, for super admins, the server. */
export function SettingsPages() {
  const { current } = useConsole()
  const [location] = useLocation()
  const navRef = useCurrentInView(location)
  const pages = settingsPagesFor(current)
  return (
    <div className={styles.area}>
      <nav ref={navRef} className={styles.nav} aria-label="Settings">
        {pages.map(({ path, name, icon: Icon }) => (
          <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
            <Icon size={18} strokeWidth={1.75} aria-hidden />
            {name}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>
        <Switch>
          {pages.map(({ path, page: Page }) => (
            <Route key={path} path={path}>
              <Page />
            </Route>
          ))}
          <Route>
            <Redirect to="/settings/account" replace />
          </Route>
        </Switch>
      </div>
    </div>
  )
}
