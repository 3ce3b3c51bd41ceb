import type { CurrentMember } from '@chatdesk/protocol'
import { mayAdminister, mayWrite } from '../client/console-services.js'

/** Who sends money back, and says that money is dealt with: whoever is in charge at home. As with `mayWrite` the server decides. */
export function mayRefund(current: CurrentMember): boolean {
  return mayAdminister(current) && mayWrite(current)
}
