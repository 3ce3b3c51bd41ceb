import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url))

/**
 * Which files see every organization's rows, and why they must. Everything else takes `database.of`, so that a forgotten
 * `where` finds nothing.
 */
const MAY: Record<string, string> = {
  'assistant/assistant.ts': 'one sweep finds what a node has left, and works under the organization of each',
  'assistant/turns/find-left.ts':
    'one sweep finds which turns are overdue and which conversations have none, and each is taken up under its organization',
  'audit/verify-trails.ts': 'it goes through all trails, for the server’s host',
  'conversation-mails/missed-chats.ts': 'one sweep finds who waits too long, and works under the organization of each',
  'conversation-mails/unanswered-replies.ts':
    'one sweep finds who has not read what was written, and works under the organization of each',
  'database/create-database.ts': 'it makes it, and looks whether the database answers',
  'demo/seed.ts': 'it asks whether the demo is there, before anything says whose it is',
  'expiry/expiry-sweep.ts':
    'one sweep goes through whatever ends, and deletes under the organizations of what it found',
  'files/sweep-files.ts': 'one sweep finds what nobody has sent, and what to remove, whoever’s it was',
  'follow-ups/follow-ups.ts': 'one sweep finds whatever is due, and hands each on with its organization',
  'knowledge/reindex.ts': 'a start finds whose index is of an older form, and works under the organization of each',
  'knowledge/vectors/take-chunks.ts':
    'one sweep finds which chunks have no vector, and each is kept under its organization',
  'mail/mail-jobs.ts': 'one sweep takes whatever is due, and works under the organization of each',
  'messages/append.ts':
    'one commit for many organizations; the function in SQL takes each item by its own (0002-append)',
  'nodes/database-presence-board.ts': 'it is the nodes’ own, and no answer is made of it alone',
  'notices/urgent-pages.ts': 'one sweep finds whom to call, and works under the organization of each',
  'organizations/administration.ts': 'super admins list and delete organizations',
  'organizations/api-tokens.ts': 'it finds out whose a token is',
  'organizations/first-run.ts': 'it asks whether anybody is there, and founds an organization',
  'organizations/invites.ts': 'it finds out whose an invite is',
  'organizations/password-changes.ts': 'a link for a new password says not yet whose it is',
  'organizations/visits.ts': 'a visit is in the trails of two organizations',
  'organizations/member-sessions.ts': 'it finds out whose a cookie is',
  'organizations/organizations.ts': 'it founds one',
  'organizations/sign-in.ts': 'an e-mail says not yet whose it is',
  'organizations/tickets.ts': 'it finds out whose a ticket is',
  'payments/inbox/receive-webhook.ts': 'an address that a provider sends to says not yet whose it is',
  'payments/inbox/work-inbox.ts': 'one sweep takes whatever is due, and works under the organization of each',
  'payments/receipts/find-receipt.ts': 'the address of a receipt says not yet whose it is',
  'payments/reconcile/sweep-accounts.ts': 'one sweep takes whatever is due, and works under the organization of each',
  'payments/reconcile/work-checks.ts': 'one sweep takes whatever is due, and works under the organization of each',
  'payments/refunds/work-refunds.ts': 'one sweep takes whatever is due, and works under the organization of each',
  'push/push-queue.ts': 'one sweep takes whatever is due, and works under the organization of each',
  'push/server-key.ts': 'the key is the server’s own',
  'queue/routing-settings.ts': 'one sweep finds the organizations that assign by themselves, and works under each',
  'webhooks/webhook-queue.ts': 'one sweep takes whatever is due, and works under the organization of each',
  'visitors/sessions.ts': 'it finds out whose a token is',
  'widgets/widgets.ts': 'a key, and the origin of a preflight, say not yet whose they are',
}

/** However it is had: as a property, taken out of its object, or by its name for a transaction. In quotes it is an author's kind. */
const USE = /\.system\b|\{[^{}]*\b(?<!')system\b[^{}]*\}\s*[=:)]|\.transaction\(\s*'system'/

it('threat 25: who sees every organization is on a list, with a reason', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/(^|\/)testing\//.test(file))
    .filter((file) => USE.test(withoutComments(file)))
  expect(files.sort()).toEqual(Object.keys(MAY).sort())
})

function withoutComments(file: string): string {
  return readFileSync(join(SOURCES, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}
