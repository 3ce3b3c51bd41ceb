export { createSharedTabs, type SharedTabs, type SharedTabsOptions } from './tabs/share-tabs.js'
export type { OpenTabChannel, TabChannel, TabLock } from './tabs/tab-ports.js'
