import { ChatError } from '@chatdesk/protocol'
import type { Attributes, IdentityProof } from '../../sdk/commands.js'
import type { UserData } from '../../widget-options.js'
import { readUserData } from '../background/read-user-data.js'
import { seenPage } from '../background/watch-pages.js'
import type { CommandContext, Commanding } from './command-table.js'
import { giveConsent } from './give-consent.js'

/** Who the visitor is, what they do, and what may be kept of it. */
export function visitorCommands({
  panel,
  actions,
  track,
  stopWatchingPages,
}: CommandContext): Commanding<
  | 'identify'
  | 'setAttributes'
  | 'unsetAttributes'
  | 'setDepartment'
  | 'track'
  | 'page'
  | 'consent'
  | 'exportMyData'
  | 'deleteMyData'
> {
  const { events, options } = panel

  /** The site's own fields that this page has said; the server is always told all of them. */
  const attributes = (): Attributes => ({
    ...options.traits?.custom,
    ...readUserData(options.userData ?? {}).custom,
  })
  async function say(custom: Attributes, traits: object = {}): Promise<void> {
    options.traits = { ...options.traits, custom }
    options.userData = undefined
    await actions.updateVisitor({ traits: { ...traits, custom } })
  }

  return {
    async identify(user, proof) {
      const { id, ...said } = user
      await actions.identify({ id, proof: proof && readProof(user, proof) })
      if (proof) events.emit('identity:changed', { verified: true })
      const { custom, ...traits } = readUserData(said)
      if (custom) await say({ ...attributes(), ...custom }, traits)
      else if (Object.keys(traits).length > 0) await actions.updateVisitor({ traits })
      return { verified: proof !== undefined }
    },
    setAttributes: (added) => say({ ...attributes(), ...added }),
    unsetAttributes(names) {
      const gone = [names].flat()
      return say(Object.fromEntries(Object.entries(attributes()).filter(([name]) => !gone.includes(name))))
    },
    setDepartment: (departmentId) => actions.updateVisitor({ departmentId }),
    track: (name, properties) => track(properties ? { name, properties } : { name }),
    page(given = {}) {
      stopWatchingPages()
      return track({ page: { ...seenPage(), ...given } })
    },
    consent: (given) => giveConsent(panel, given),
    exportMyData: () => actions.exportData(),
    async deleteMyData() {
      const receipt = await actions.deleteData()
      panel.update({ view: null })
      return receipt
    },
  }
}

/** A proof as the server asks for it. */
function readProof({ id }: UserData, proof: IdentityProof) {
  if ('jwt' in proof) return { token: proof.jwt }
  if ('getToken' in proof) return async () => ({ token: await proof.getToken() })
  if (!id) throw new ChatError('VALIDATION_FAILED', 'a hash proves an id', { field: 'id' })
  return { id, hash: proof.hash }
}
