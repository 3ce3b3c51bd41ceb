import type { MemberRole } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { ChatServerApi } from '../chat-server-api.js'
import type { Database } from '../database/index.js'
import type { Passwords } from '../organizations/passwords.js'
import type { DemoKind } from '../platform/config.js'
import { DEMO_KNOWLEDGE } from './demo-knowledge.js'

/** The demo's sign-ins, one for each role. */
export const DEMO_SIGN_INS: readonly { email: string; name: string; role: MemberRole }[] = [
  { email: 'admin@demo.test', name: 'Meera Iyer', role: 'super_admin' },
  { email: 'owner@demo.test', name: 'Vikram Shah', role: 'client_admin' },
  { email: 'agent@demo.test', name: 'Asha Rao', role: 'agent' },
  { email: 'viewer@demo.test', name: 'Rohan Das', role: 'client_user' },
]
/** The one password of all of them: known to everybody, which is why the demo listens on loopback only. */
export const DEMO_PASSWORD = 'chatdesk-demo'
/** The demo's widget key. */
export const DEMO_WIDGET_KEY = 'wk_demo'

/** Where `examples/script-tag` serves its page. */
const EXAMPLE_ORIGIN = 'http://localhost:4000'

/** E-mails of the demo that open this database with the demo's password (threat 92): it was a demo's once. */
export async function findDemoSignIns(database: Database, passwords: Passwords): Promise<string[]> {
  const emails = DEMO_SIGN_INS.map(({ email }) => email)
  const members = await database.system
    .selectFrom('members')
    .select(['email', 'password_hash'])
    .where('email', 'in', emails)
    .execute()
  const open: string[] = []
  for (const { email, password_hash: hash } of members)
    if (await passwords.matches(hash, DEMO_PASSWORD)) open.push(email)
  return open
}

/**
 * Makes the demo's organization, sign-ins and widget, or leaves them as they are; the widget follows the port. In a `full` demo the
 * widget knows what its company offers, and the assistant answers; in a `bare` one people do.
 */
export async function seedDemo(
  database: Database,
  api: ChatServerApi,
  { port, kind }: { port: number; kind: DemoKind },
): Promise<void> {
  const allowedOrigins = ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`)
  allowedOrigins.push(EXAMPLE_ORIGIN)
  const known = await database.system
    .selectFrom('widgets')
    .select(['organization_id', 'id'])
    .where('key', '=', DEMO_WIDGET_KEY)
    .executeTakeFirst()
  const organizationId = known?.organization_id ?? (await api.createOrganization({ name: 'Demo' })).organizationId
  for (const member of DEMO_SIGN_INS) {
    const { rows } = await sql`select 1 from members where email = ${member.email}`.execute(database.system)
    if (rows.length === 0) await api.createMember({ organizationId, ...member, password: DEMO_PASSWORD })
  }
  if (known) return api.updateWidget({ organizationId, widgetId: known.id, allowedOrigins })
  const { widgetId } = await api.createWidget({
    organizationId,
    key: DEMO_WIDGET_KEY,
    name: 'Setulekh',
    settings: { primaryColor: '#0b5d4b', greeting: 'Hello! Ask us anything about starting your company.' },
    allowedOrigins,
    // So that the examples of the documentation work with curl.
    allowMissingOrigin: true,
    assistant: kind === 'full',
  })
  if (kind === 'full') await api.importKnowledge({ organizationId, widgetId, entries: DEMO_KNOWLEDGE })
}
