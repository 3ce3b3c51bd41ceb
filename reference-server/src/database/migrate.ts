import { ChatError } from '@chatdesk/protocol'
import { type Kysely, type Migration, Migrator } from 'kysely'
import { foundation } from './migrations/0001-foundation.js'
import { append } from './migrations/0002-append.js'
import { visitorContext } from './migrations/0003-visitor-context.js'
import { versionAt } from './migrations/0004-version-at.js'
import { sendToken } from './migrations/0005-send-token.js'
import { followUp } from './migrations/0006-follow-up.js'
import { presence } from './migrations/0007-presence.js'
import { sharedTabs } from './migrations/0008-shared-tabs.js'
import { rowLevelSecurity } from './migrations/0009-row-level-security.js'
import { audit } from './migrations/0010-audit.js'
import { members } from './migrations/0011-members.js'
import { widgets } from './migrations/0012-widgets.js'
import { identity } from './migrations/0013-identity.js'
import { seedRelations } from './migrations/0014-seed-relations.js'
import { sessionsOfVisitor } from './migrations/0015-sessions-of-visitor.js'
import { files } from './migrations/0016-files.js'
import { visitorFeatures } from './migrations/0017-visitor-features.js'
import { webPush } from './migrations/0018-web-push.js'
import { fileSums } from './migrations/0019-file-sums.js'
import { bindFiles } from './migrations/0020-bind-files.js'
import { teamWork } from './migrations/0021-team-work.js'
import { successors } from './migrations/0022-successors.js'
import { routing } from './migrations/0023-routing.js'
import { inboxViews } from './migrations/0024-inbox-views.js'
import { tickets } from './migrations/0025-tickets.js'
import { mail } from './migrations/0026-mail.js'
import { webhooks } from './migrations/0027-webhooks.js'
import { teamStart } from './migrations/0028-team-start.js'
import { overtaken } from './migrations/0029-overtaken.js'
import { knowledge } from './migrations/0030-knowledge.js'
import { assistant } from './migrations/0031-assistant.js'
import { assistantUsage } from './migrations/0032-assistant-usage.js'
import { backAt } from './migrations/0033-back-at.js'
import { unhelpfulRatings } from './migrations/0034-unhelpful-ratings.js'
import { visitorAccount } from './migrations/0035-visitor-account.js'
import { embeddings } from './migrations/0036-embeddings.js'
import { urgentPages } from './migrations/0037-urgent-pages.js'
import { modelCost } from './migrations/0038-model-cost.js'
import { payments } from './migrations/0039-payments.js'
import { paymentComparisons } from './migrations/0040-payment-comparisons.js'
import { policyWithoutWish } from './migrations/0041-policy-without-wish.js'
import type { Tables } from './tables.js'

/** In the order of their names; forward only, and never changed once released. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-append': append,
  '0003-visitor-context': visitorContext,
  '0004-version-at': versionAt,
  '0005-send-token': sendToken,
  '0006-follow-up': followUp,
  '0007-presence': presence,
  '0008-shared-tabs': sharedTabs,
  '0009-row-level-security': rowLevelSecurity,
  '0010-audit': audit,
  '0011-members': members,
  '0012-widgets': widgets,
  '0013-identity': identity,
  '0014-seed-relations': seedRelations,
  '0015-sessions-of-visitor': sessionsOfVisitor,
  '0016-files': files,
  '0017-visitor-features': visitorFeatures,
  '0018-web-push': webPush,
  '0019-file-sums': fileSums,
  '0020-bind-files': bindFiles,
  '0021-team-work': teamWork,
  '0022-successors': successors,
  '0023-routing': routing,
  '0024-inbox-views': inboxViews,
  '0025-tickets': tickets,
  '0026-mail': mail,
  '0027-webhooks': webhooks,
  '0028-team-start': teamStart,
  '0029-overtaken': overtaken,
  '0030-knowledge': knowledge,
  '0031-assistant': assistant,
  '0032-assistant-usage': assistantUsage,
  '0033-back-at': backAt,
  '0034-unhelpful-ratings': unhelpfulRatings,
  '0035-visitor-account': visitorAccount,
  '0036-embeddings': embeddings,
  '0037-urgent-pages': urgentPages,
  '0038-model-cost': modelCost,
  '0039-payments': payments,
  '0040-payment-comparisons': paymentComparisons,
  '0041-policy-without-wish': policyWithoutWish,
}

/** Runs what is missing, in one transaction under a lock that a second process waits for. */
export async function migrateToLatest(query: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'before the first'
  const reason = error instanceof Error ? error.message : String(error)
  throw new ChatError('UNAVAILABLE', `The database could not be brought up to date (${failed}): ${reason}`, {
    cause: error,
  })
}
