import { randomInt, timingSafeEqual } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import { recordAct } from '../audit/index.js'
import { hashSecret } from '../platform/secrets.js'
import { requireGoodPassword } from './good-password.js'
import { lockMembers } from './members.js'
import { insertMember, type OrganizationsContext } from './organizations.js'
import { type Entered, enter } from './sign-in.js'

/** Read off a screen and typed: no letter looks like another. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
const CODE_LENGTH = 12
const MOST_WRONG_TRIES = 5

/** How the first member comes in, when there is nobody who could invite them: by a code that only the server's host sees. */
export interface FirstRun {
  /** A new code, which ends the one before; undefined when there is a member already. */
  createCode(): Promise<string | undefined>
  isOpen(): Promise<boolean>
  /** Makes the organization and its first member, a super admin, and signs them in. */
  complete(input: {
    code: string
    organization: string
    name: string
    email: string
    password: string
    address: string | null
    userAgent: string | undefined
  }): Promise<Entered>
}

/** The code is kept as a hash, in this process alone, and ends with it or with the fifth wrong try. */
export function createFirstRun(context: OrganizationsContext): FirstRun {
  const { database, passwords, clock, generateId } = context
  let codeHash: Buffer | undefined
  let wrongTries = 0
  const hasMembers = async () =>
    (await database.system.selectFrom('members').select('id').limit(1).executeTakeFirst()) !== undefined
  const over = () => new ChatError('FORBIDDEN', 'The first run is over. A new start of the server gives a new code.')

  return {
    async createCode() {
      if (await hasMembers()) return undefined
      const letters = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)])
      codeHash = hashSecret(letters.join(''))
      wrongTries = 0
      return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
    },
    isOpen: async () => codeHash !== undefined && !(await hasMembers()),
    async complete({ code, organization, name, email, password, address, userAgent }) {
      if (!codeHash) throw over()
      const given = hashSecret(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
      if (!timingSafeEqual(given, codeHash)) {
        wrongTries += 1
        if (wrongTries >= MOST_WRONG_TRIES) codeHash = undefined
        throw new ChatError('VALIDATION_FAILED', 'This is not the code that the server showed.', { field: 'code' })
      }
      requireGoodPassword(password, { field: 'password', email })
      const passwordHash = await passwords.hash(password)
      const organizationId = generateId()
      const memberId = generateId()
      const at = clock()
      await database.transaction('system', async (transaction) => {
        await lockMembers(transaction)
        const somebody = await transaction.selectFrom('members').select('id').limit(1).executeTakeFirst()
        if (somebody) throw over()
        await transaction
          .insertInto('organizations')
          .values({ id: organizationId, name: organization, created_at: at })
          .execute()
        const role = 'super_admin'
        await insertMember(transaction, { organizationId, id: memberId, email, name, role, passwordHash, at })
        const actor = { memberId, name, role } as const
        const target = { kind: 'organization', id: organizationId, name: organization }
        await recordAct(transaction, organizationId, { actor, address, action: 'organization.create', target }, at)
      })
      codeHash = undefined
      return enter(context, { organizationId, memberId, userAgent })
    },
  }
}
