import { randomUUID } from 'node:crypto'
import type { AuditEntry, CurrentMember, MemberRole, WireError } from '@chatdesk/protocol'
import { createTestServer, type TestMember, type TestServer, type TestServerOptions } from '../../testing/index.js'

export const PASSWORD = 'four plain words here'

/** An answer, read. */
export interface Answer<Body = Record<string, never>> {
  status: number
  body: Body & { error: WireError }
  cookies: string[]
}

/** A server, with organizations of their own for each test. */
export interface MembersScene {
  server: TestServer
  /** As a program or, with a member's headers, as a page of the console would. */
  call<Body = Record<string, never>>(
    method: string,
    path: string,
    options?: { as?: Pick<TestMember, 'headers'>; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer<Body>>
  /** A new organization. */
  found(name?: string): Promise<{ organizationId: string; name: string }>
  /** A new member, signed in. */
  join(organizationId: string, role: MemberRole): Promise<TestMember & { email: string; id: string }>
  signIn(email: string, password?: string): Promise<Answer<CurrentMember> & Pick<TestMember, 'headers'>>
  /** The newest of an organization's trail first, as it stands in the table. */
  trail(organizationId: string): Promise<AuditEntry[]>
  close(): Promise<void>
}

export async function createMembersScene(options: TestServerOptions = {}): Promise<MembersScene> {
  const server = await createTestServer({
    ...options,
    limits: { signInPerAddress: { points: 1e6, seconds: 1 }, ...options.limits },
  })
  const call: MembersScene['call'] = async (method, path, { as, body, headers = {} } = {}) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(headers.authorization ? {} : { origin: server.origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...as?.headers,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, body: isJson ? JSON.parse(text) : {}, cookies: answer.headers.getSetCookie() }
  }
  const signIn: MembersScene['signIn'] = async (email, password = PASSWORD) => {
    const answer = await call<CurrentMember>('POST', '/api/auth/sign-in', { body: { email, password } })
    const cookie = answer.cookies[0]?.split(';')[0] ?? ''
    return { ...answer, headers: { cookie, 'x-chatdesk-csrf': answer.body.csrfToken } }
  }
  return {
    server,
    call,
    signIn,
    async found(name = `Organization ${randomUUID()}`) {
      return { ...(await server.chat.api.createOrganization({ name })), name }
    },
    async join(organizationId, role) {
      const email = `${randomUUID()}@acme.test`
      const { memberId } = await server.chat.api.createMember({
        ...{ organizationId, email, role, password: PASSWORD },
        name: `A ${role}`,
      })
      const { body, headers } = await signIn(email)
      return { email, id: memberId, cookie: headers.cookie ?? '', current: body, headers }
    },
    async trail(organizationId) {
      const rows = await server.database.system
        .selectFrom('audit_entries')
        .select('content')
        .where('organization_id', '=', organizationId)
        .orderBy('seq', 'desc')
        .execute()
      return rows.map(({ content }) => content)
    },
    close: () => server.close(),
  }
}

/** Headers from an answer that signs somebody in. */
export function headersOf({ cookies, body }: Answer<CurrentMember>): Pick<TestMember, 'headers'> {
  return { headers: { cookie: cookies[0]?.split(';')[0] ?? '', 'x-chatdesk-csrf': body.csrfToken } }
}
