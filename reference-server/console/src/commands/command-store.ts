import { atom, type ReadableAtom } from 'nanostores'
import { createContext, useContext, useEffect, useId } from 'react'
import type { PickerOption } from '../picker/filter-options.js'

/** What the parts on the screen can do, for whoever lists it. */
export interface CommandStore {
  /** Of all parts, in the order in which the parts came; a part that can do nothing yet keeps its place. */
  $commands: ReadableAtom<readonly PickerOption[]>
  /** Says what a part can do now. */
  put(part: string, commands: readonly PickerOption[]): void
  /** Takes a part away. */
  remove(part: string): void
}

/** Makes an empty store. */
export function createCommandStore(): CommandStore {
  const parts = new Map<string, readonly PickerOption[]>()
  const $commands = atom<readonly PickerOption[]>([])
  const publish = () => $commands.set([...parts.values()].flat())
  return {
    $commands,
    put(part, commands) {
      parts.set(part, commands)
      publish()
    },
    remove(part) {
      parts.delete(part)
      publish()
    },
  }
}

const StoreContext = createContext<CommandStore | null>(null)

/** Gives the store to the tree below. */
export const CommandStoreProvider = StoreContext.Provider

/** The console's commands. */
export function useCommandStore(): CommandStore {
  const store = useContext(StoreContext)
  if (!store) throw new Error('useCommandStore stands outside a CommandStoreProvider.')
  return store
}

/** Puts commands into the command bar as long as the part that has them is on the screen. */
export function useCommands(commands: readonly PickerOption[]): void {
  const store = useCommandStore()
  const part = useId()
  // With each drawing: what a command does is made anew with it.
  useEffect(() => store.put(part, commands))
  useEffect(() => () => store.remove(part), [store, part])
}
