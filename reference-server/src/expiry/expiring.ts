import { EXPIRING_USAGE } from '../assistant/index.js'
import { EXPIRING_KEYS } from '../identity-keys/index.js'
import { EXPIRING_GAPS } from '../knowledge/index.js'
import { EXPIRING_RUNS } from '../macros/index.js'
import { EXPIRING_MEMBERSHIP } from '../organizations/index.js'
import { EXPIRING_PAYMENTS } from '../payments/index.js'
import { EXPIRING_VISITS } from '../visitors/index.js'
import { EXPIRING_WEBHOOKS } from '../webhooks/index.js'
import { EXPIRING_WIDGET_KEYS } from '../widgets/index.js'
import type { Expiring } from './expiry-sweep.js'

/** All that ends. */
export const EXPIRING: readonly Expiring[] = [
  ...EXPIRING_MEMBERSHIP,
  ...EXPIRING_VISITS,
  ...EXPIRING_KEYS,
  ...EXPIRING_WIDGET_KEYS,
  ...EXPIRING_RUNS,
  ...EXPIRING_WEBHOOKS,
  ...EXPIRING_GAPS,
  ...EXPIRING_USAGE,
  ...EXPIRING_PAYMENTS,
]
