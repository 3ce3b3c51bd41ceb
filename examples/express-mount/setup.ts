// Run once: makes an organization, a member who can sign in, and a widget that the shop's page may use.
import { createChatServer } from '@chatdesk/server'
import { database } from './database.js'

const { EMAIL, PASSWORD } = process.env
if (!EMAIL || !PASSWORD || PASSWORD.length < 12) {
  console.error('Set EMAIL and PASSWORD (12 characters or more) for the first sign-in.')
  process.exit(1)
}

const chat = createChatServer({ database })
await chat.migrate()
const { organizationId } = await chat.api.createOrganization({ name: 'The shop' })
try {
  await chat.api.createMember({ organizationId, email: EMAIL, name: 'Owner', role: 'client_admin', password: PASSWORD })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await chat.close()
  process.exit(1)
}
const { key } = await chat.api.createWidget({
  organizationId,
  name: 'The shop',
  settings: { greeting: 'Hello! What are you looking for?' },
  allowedOrigins: ['http://localhost:3000'],
})
await chat.close()
console.log(`The widget's key: ${key}`)
