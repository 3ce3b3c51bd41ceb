import { createContext, useContext, useEffect, useRef } from 'react'
import type { PickerOption } from '../picker/filter-options.js'

/** What the parts on the screen can do, for whoever lists it. */
export interface CommandStore {
  /** Adds a part's commands, asked for anew with each look; gives back how to take them away. */
  add(commands: () => readonly PickerOption[]): () => void
  /** Of all parts, in the order in which they came. */
  all(): readonly PickerOption[]
}

/** Makes an empty store. */
export function createCommandStore(): CommandStore {
  const parts = new Set<() => readonly PickerOption[]>()
  return {
    add(commands) {
      parts.add(commands)
      return () => void parts.delete(commands)
    },
    all: () => [...parts].flatMap((commands) => commands()),
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
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => store.add(() => latest.current), [store])
}
