import { ChatError } from '@chatdesk/protocol'
import type { Attributes, IdentityProof } from '../../sdk/commands.js'
import type { UserData } from '../../widget-options.js'
import { readUserData } from '../background/read-user-data.js'
import { seenPage } from '../background/watch-pages.js'
import type { CommandContext, Commanding } from './command-table.js'
import { giveConsent } from './give-consent.js'

/** The site's own fields that this page has said; the server is always told all of them. */
const attributesOf = new WeakMap<object, Attributes>()

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
  const { client, events, options } = panel

  function attributes(): Attributes {
    const { custom } = readUserData(options.userData ?? {})
    return attributesOf.get(client) ?? { ...options.traits?.custom, ...custom }
  }
  async function say(custom: Attributes, traits: object = {}): Promise<void> {
    attributesOf.set(client, custom)
    await actions.updateVisitor({ traits: { ...traits, custom } })
  }

  return {
    async identify(user, proof) {
      if (proof) {
        await actions.setUser(readProof(user, proof))
        events.emit('identity:changed', { verified: true })
      }
      const { id: _id, ...said } = user
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
    deleteMyData: () => actions.deleteData(),
  }
}

/** A proof as the server asks for it. */
function readProof({ id }: UserData, proof: IdentityProof) {
  if ('jwt' in proof) return { token: proof.jwt }
  if ('getToken' in proof) return async () => ({ token: await proof.getToken() })
  if (!id) throw new ChatError('VALIDATION_FAILED', 'a hash proves an id', { field: 'id' })
  return { id, hash: proof.hash }
}
