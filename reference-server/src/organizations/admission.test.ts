import { expect, it } from 'vitest'
import type { MemberActor } from './actor.js'
import { createAdmission } from './admission.js'

const member = (memberId: string): MemberActor => ({
  ...{ kind: 'member', organizationId: 'o', memberId, role: 'agent', name: memberId },
  ...{ memberSessionId: memberId, expiresAt: new Date() },
})

it('[Q7] answers in the order of the questions, with one look at a time for all who have asked meanwhile', async () => {
  const looks: { actors: readonly MemberActor[]; finish: (standing: Set<MemberActor>) => void }[] = []
  const admit = createAdmission((actors) => new Promise((finish) => looks.push({ actors, finish })))
  const [one, two] = [member('one'), member('two')]
  const answered: string[] = []
  const ask = (name: string, actor: MemberActor) =>
    admit(actor).then((stands) => void answered.push(`${name} ${stands}`))
  const all = [ask('a', one), ask('b', one), ask('c', two), ask('d', one)]
  expect(looks.map(({ actors }) => actors.length)).toEqual([1])
  looks[0]?.finish(new Set([one]))
  await expect.poll(() => looks.length).toBe(2)
  expect(looks[1]?.actors).toEqual([one, two, one])
  looks[1]?.finish(new Set([one]))
  await Promise.all(all)
  expect(answered).toEqual(['a true', 'b true', 'c false', 'd true'])
})

it('a look that fails fails those who asked for it, and the next is made', async () => {
  let isDown = true
  const admit = createAdmission(async (actors) => {
    if (isDown) throw new Error('down')
    return new Set(actors)
  })
  await expect(admit(member('one'))).rejects.toThrow('down')
  isDown = false
  expect(await admit(member('one'))).toBe(true)
})
