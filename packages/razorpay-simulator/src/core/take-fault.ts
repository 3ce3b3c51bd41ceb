import { type Draft, nextDraw } from './draft.js'
import type { FaultRecord } from './faults.js'

/** Whether a fault strikes, as its probability and the seed say. If it does, it has one time less. */
export function strikes(draft: Draft, fault: FaultRecord): boolean {
  if (fault.left === 0) return false
  if (fault.probability !== undefined && nextDraw(draft) >= fault.probability) return false
  if (fault.left !== null) draft.faults.set(fault.id, { ...fault, left: fault.left - 1 })
  return true
}

/** The first fault that fits and strikes. */
export function takeFault(draft: Draft, fits: (fault: FaultRecord) => boolean): FaultRecord | undefined {
  return [...draft.faults.values()].find((fault) => fits(fault) && strikes(draft, fault))
}
