/** The steps that follow the account, by their place in the address. */
export const SETUP_STEPS = [
  { id: 'departments', name: 'Departments' },
  { id: 'form', name: 'Questions' },
  { id: 'invite', name: 'Team' },
  { id: 'code', name: 'Your site' },
] as const

export type SetupStep = (typeof SETUP_STEPS)[number]['id']

/** Where somebody goes on; `done` when they have been through. */
export interface SetupProgress {
  load(): SetupStep
  save(step: SetupStep): void
}

/** Remembers the step of one organization in this browser; what the steps have made stands on the server. */
export function createSetupProgress(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  organizationId: string,
): SetupProgress {
  const key = `chatdesk.setup.${organizationId}`
  return {
    load() {
      const kept = read(storage, key)
      return SETUP_STEPS.find(({ id }) => id === kept)?.id ?? 'departments'
    },
    save(step) {
      try {
        storage.setItem(key, step)
      } catch {
        // Without storage one begins at the first step again, in which what was made stands.
      }
    },
  }
}

function read(storage: Pick<Storage, 'getItem'>, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    return null
  }
}
