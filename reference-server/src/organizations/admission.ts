import type { MemberActor } from './actor.js'

interface Question {
  actor: MemberActor
  answer(stands: boolean): void
  fail(error: unknown): void
}

/**
 * Asks whether members still stand: one look at a time, for all who have asked meanwhile. Answers come in the order of the
 * questions, so that what a member sends one after the other is handed over like that (Q7).
 */
export function createAdmission(
  look: (actors: readonly MemberActor[]) => Promise<{ has(actor: MemberActor): boolean }>,
): (actor: MemberActor) => Promise<boolean> {
  let waiting: Question[] = []
  let looking = false
  const run = async () => {
    while (waiting.length > 0) {
      const asked = waiting
      waiting = []
      try {
        const standing = await look(asked.map(({ actor }) => actor))
        for (const { actor, answer } of asked) answer(standing.has(actor))
      } catch (error) {
        for (const { fail } of asked) fail(error)
      }
    }
    looking = false
  }
  return (actor) =>
    new Promise((answer, fail) => {
      waiting.push({ actor, answer, fail })
      if (looking) return
      looking = true
      void run()
    })
}
