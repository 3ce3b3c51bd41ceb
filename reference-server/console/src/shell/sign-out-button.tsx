import { Button } from '@mantine/core'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { type Unsent, useConsole } from '../client/console-services.js'
import styles from './shell.module.css'

/** Signs out; with words that nobody has got yet, not before that was said. */
export function SignOutButton() {
  const { signOut, countUnsent } = useConsole()
  const [unsent, setUnsent] = useState<Unsent | null>(null)
  const [failed, setFailed] = useState(false)

  const leave = () => signOut().catch(() => setFailed(true))

  async function press() {
    const counted = await countUnsent()
    if (counted.messages + counted.drafts > 0) setUnsent(counted)
    else await leave()
  }

  return (
    <>
      {unsent && (
        <p className={styles.accountError} role="alert">
          {unsentText(unsent)} Signing out removes {unsent.messages + unsent.drafts === 1 ? 'it' : 'them'} from this
          browser.
        </p>
      )}
      <Button
        mt={8}
        variant="default"
        leftSection={<LogOut size={16} strokeWidth={1.75} aria-hidden />}
        onClick={() => void (unsent ? leave() : press())}
      >
        {unsent ? 'Sign out all the same' : 'Sign out'}
      </Button>
      {failed && (
        <p className={styles.accountError} role="alert">
          The server cannot be reached, so you are still signed in. Try again.
        </p>
      )}
    </>
  )
}

function unsentText({ messages, drafts }: Unsent): string {
  const words = [count(messages, 'message'), count(drafts, 'draft')].filter(Boolean).join(' and ')
  return `${words} ${messages + drafts === 1 ? 'is' : 'are'} not sent.`
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`
}
