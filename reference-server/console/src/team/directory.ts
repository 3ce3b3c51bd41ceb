import { ChatError, type Department, type MemberRow, type Tag, type TeamMember } from '@chatdesk/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import type { AdminApi } from '../api/admin-api.js'

/** The names behind the ids of a conversation. */
export interface Directory {
  members: readonly MemberRow[]
  /** Those who answer visitors, and whether they are away. */
  team: readonly TeamMember[]
  departments: readonly Department[]
  /** By name. */
  tags: readonly Tag[]
  /** A first answer has come. */
  loaded: boolean
  /** Why the last look failed; what was held before still stands. */
  error: ChatError | null
}

/** The directory as a console keeps it. */
export interface DirectoryStore {
  readonly $directory: ReadableAtom<Directory>
  /** Looks anew; does nothing while a look is under way. */
  refresh(): Promise<void>
  /** Makes a tag of this name, and knows it from then on. */
  createTag(name: string): Promise<Tag>
}

/** Keeps who works here, for which departments, and with which tags; nothing is fetched before `refresh`. */
export function createDirectory(
  admin: Pick<AdminApi, 'members' | 'departments'> & { team: Pick<AdminApi['team'], 'list'> } & {
    desk: Pick<AdminApi['desk'], 'tags'>
  },
): DirectoryStore {
  const $directory = atom<Directory>({ members: [], team: [], departments: [], tags: [], loaded: false, error: null })
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    try {
      const [members, team, departments, tags] = await Promise.all([
        admin.members.list(),
        admin.team.list(),
        admin.departments.list(),
        admin.desk.tags.list(),
      ])
      $directory.set({ members, team, departments, tags, loaded: true, error: null })
    } catch (error) {
      if (!ChatError.isInstance(error)) throw error
      $directory.set({ ...$directory.get(), error })
    } finally {
      looking = undefined
    }
  }

  return {
    $directory,
    refresh() {
      looking ??= look()
      return looking
    },
    async createTag(name) {
      const tag = await admin.desk.tags.create(name).catch(async (error: unknown) => {
        // Somebody else may have made it a moment ago.
        await this.refresh()
        const standing = $directory.get().tags.find((known) => known.name === name)
        if (!standing) throw error
        return standing
      })
      const tags = $directory.get().tags.filter(({ id }) => id !== tag.id)
      $directory.set({ ...$directory.get(), tags: [...tags, tag].sort((a, b) => a.name.localeCompare(b.name)) })
      return tag
    },
  }
}
