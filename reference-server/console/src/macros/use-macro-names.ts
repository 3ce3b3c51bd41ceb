import { useConsole } from '../client/console-services.js'
import { answersVisitors } from '../team/answers-visitors.js'
import type { MacroNames } from './macro-text.js'

/** Fetches what actions of macros may name. */
export function useMacroNames(): () => Promise<MacroNames> {
  const { admin } = useConsole()
  return async () => {
    const [tags, members, departments] = await Promise.all([
      admin.desk.tags.list(),
      admin.members.list(),
      admin.departments.list(),
    ])
    return { tags, members: members.filter(answersVisitors), departments }
  }
}
