/**
 * What an acknowledged message survives, beside the death of this process.
 * A: the machine and a failover · B: the machine, when it comes back · C: the process only · D: nothing, it is in memory.
 */
export type DurabilityClass = 'A' | 'B' | 'C' | 'D'

/** What each class promises, for the line at the start. */
export const DURABILITY: Record<DurabilityClass, string> = {
  A: 'acknowledged messages survive a crash of the machine and a failover',
  B: 'acknowledged messages survive a crash of the machine',
  C: 'acknowledged messages survive a crash of this process; power loss is not covered',
  D: 'nothing survives the end of this process',
}

/** The class of a Postgres server, from its own settings. */
export function durabilityOfPostgres(settings: {
  fsync: string
  synchronousCommit: string
  synchronousStandbyNames: string
}): DurabilityClass {
  if (settings.fsync !== 'on' || settings.synchronousCommit === 'off') return 'C'
  const waitsForStandby = ['on', 'remote_write', 'remote_apply'].includes(settings.synchronousCommit)
  return waitsForStandby && settings.synchronousStandbyNames !== '' ? 'A' : 'B'
}
