import type { MessageView } from '@chatdesk/core'
import { ChatError, type SaidPart } from '@chatdesk/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow } from '../../testing/drawn-widget.js'
import { fakeUploadServer } from '../../testing/fake-upload-server.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'
import { mountVisitorWidget } from '../../testing/visitor-server.js'

const panel = () => shadow().querySelector('[part="panel"]') as HTMLDialogElement
const input = () => shadow().querySelector('textarea') as HTMLTextAreaElement
const bubbles = () => [...shadow().querySelectorAll('[part="bubble"]')].slice(1).map(({ textContent }) => textContent)
const said = (text: string) => [{ type: 'text' as const, text }]

it('beforeSend: alters what the composer says, which is empty then, and says it once', async () => {
  const { handle, server } = mountVisitorWidget({ open: true })
  let allow = () => {}
  await handle.run('use', [
    'beforeSend',
    (parts) => new Promise((resolve) => (allow = () => resolve(parts.map((part) => part.text.toUpperCase()).join()))),
  ])
  await page.getByRole('textbox').fill('hello')
  await userEvent.keyboard('{Enter}{Enter}')
  expect(input().value).toBe('hello')
  allow()
  await expect.poll(bubbles).toEqual(['HELLO'])
  expect(input().value).toBe('')
  await expect.poll(() => server.log().events.length).toBe(1)
})

/** A panel with a file that is ready to be sent, and a page that thinks about each message until it is told. */
async function withFile() {
  const files = fakeUploadServer()
  const { handle, server } = mountTestWidget({
    open: true,
    server: (server) => server.changeWidget({ attachments: { kinds: ['pdf'], maxBytes: 2000 } }),
  })
  const waiting: (() => void)[] = []
  const asked: string[] = []
  const think = (parts: readonly SaidPart[]) => {
    asked.push(parts.map(({ text }) => text).join())
    return new Promise<undefined>((resolve) => waiting.push(() => resolve(undefined)))
  }
  await handle.run('use', ['beforeSend', think])
  const picker = () => shadow().querySelector<HTMLInputElement>('input[type=file]')
  await expect.poll(picker).toBeTruthy()
  await expect.poll(() => handle.client.$connection.get().status).toBe('online')
  const transfer = new DataTransfer()
  transfer.items.add(new File([new Uint8Array(10)], 'offer.pdf', { type: 'application/pdf' }))
  Object.assign(picker() as HTMLInputElement, { files: transfer.files })
  picker()?.dispatchEvent(new Event('change', { bubbles: true }))
  await expect.poll(() => files.received).toEqual(['offer.pdf'])
  await expect.poll(() => shadow().querySelector('.file-state')?.textContent).toContain('Ready')
  return { handle, server, waiting, asked }
}

it('beforeSend: empties the composer of words that go with a file', async () => {
  const { server, waiting } = await withFile()
  await page.getByRole('textbox').fill('hello')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => waiting).toHaveLength(1)
  waiting[0]?.()
  await expect.poll(() => server.log().events.length).toBe(1)
  expect(input().value).toBe('')
})

it('beforeSend: a file without words is sent once, however often it is pressed meanwhile', async () => {
  const { handle, server, waiting, asked } = await withFile()
  input().focus()
  await userEvent.keyboard('{Enter}{Enter}')
  await expect.poll(() => waiting).toHaveLength(1)
  waiting[0]?.()
  await expect.poll(() => server.log().events.length).toBe(1)
  // One after the other: what was pressed twice would come before it.
  handle.client.sendMessage('after').catch(() => {})
  await expect.poll(() => asked).toHaveLength(2)
  expect(asked[1]).toBe('after')
})

it('beforeSend: so is a choice', async () => {
  const { handle, server } = mountVisitorWidget({ open: true })
  let allow = () => {}
  const think = vi.fn(() => new Promise<undefined>((resolve) => (allow = () => resolve(undefined))))
  await handle.run('use', ['beforeSend', think])
  const choice = [{ type: 'text' as const, text: 'Yes', choiceId: 'yes' }]
  const sent = [handle.client.sendMessage(choice), handle.client.sendMessage(choice)]
  await expect.poll(() => think.mock.calls).toHaveLength(1)
  allow()
  expect((await Promise.all(sent)).map(({ seq }) => seq)).toEqual([1, 1])
  expect(server.log().events).toHaveLength(1)
})

it('beforeSend: stops, and the words stay where they were', async () => {
  const { handle, server } = mountVisitorWidget({ open: true })
  const end = await handle.run('use', ['beforeSend', () => false])
  await page.getByRole('textbox').fill('4111 1111 1111 1111')
  await userEvent.keyboard('{Enter}')
  await expect(handle.run('sendMessage', ['secret'])).rejects.toMatchObject({ code: 'ABORTED' })
  expect([input().value, bubbles()]).toEqual(['4111 1111 1111 1111', []])
  end()
  expect(await handle.run('sendMessage', ['public'])).toMatchObject({ seq: 1 })
  expect(server.log().events).toHaveLength(1)
})

it('beforeSend: keeps the order of what was given, whoever thinks longer', async () => {
  const { handle, server } = mountVisitorWidget()
  const waiting: (() => void)[] = []
  await handle.run('use', [
    'beforeSend',
    () => new Promise<undefined>((resolve) => waiting.push(() => resolve(undefined))),
  ])
  const sent = ['first', 'second'].map((text) => handle.run('sendMessage', [text]))
  await expect.poll(() => waiting).toHaveLength(1)
  waiting[0]?.()
  await expect.poll(() => waiting).toHaveLength(2)
  waiting[1]?.()
  expect((await Promise.all(sent)).map(({ seq }) => seq)).toEqual([1, 2])
  expect(server.log().events).toHaveLength(2)
})

it('beforeSend: what one visitor has pressed is not said by the next, who comes while somebody thinks (threat 13)', async () => {
  const { handle, server } = mountVisitorWidget({ open: true })
  await handle.run('start', [])
  let allow = () => {}
  await handle.run('use', ['beforeSend', () => new Promise<undefined>((resolve) => (allow = () => resolve(undefined)))])
  const sent = handle.client.sendMessage('my account number')
  await vi.waitUntil(() => String(allow) !== '() => {}')
  const gone = handle.run('logout', []).catch(() => {})
  await expect.poll(() => handle.client.port.$forgotten.get()).toBeTruthy()
  allow()
  await expect(sent).rejects.toMatchObject({ code: 'ABORTED' })
  await gone
  expect(server.received.filter(({ type }) => type === 'message.send')).toEqual([])
})

it('beforeDisplay: alters or keeps from view, and nothing of what was said', async () => {
  const { handle, server } = mountVisitorWidget({ open: true })
  const end = await handle.run('use', [
    'beforeDisplay',
    async (message) => (message.parts[0]?.text === 'rude' ? false : { ...message, parts: said('shown') }),
  ])
  await handle.run('sendMessage', ['Hello'])
  server.agentSays('rude')
  server.agentSays('polite')
  await expect.poll(bubbles).toEqual(['shown', 'shown'])
  expect(server.log().events.length).toBeGreaterThan(2)
  end()
  await expect.poll(bubbles).toEqual(['Hello', 'rude', 'polite'])
})

it('beforeDisplay: what the visitor has sent stands there while somebody thinks, and what was decided of it while they think again', async () => {
  const { handle, server } = mountVisitorWidget({ open: true })
  const answers: ((message: MessageView | boolean) => void)[] = []
  await handle.run('use', ['beforeDisplay', () => new Promise<MessageView | boolean>((answer) => answers.push(answer))])
  server.hold('message.send')
  handle.client.sendMessage('Hello').catch(() => {})
  await expect.poll(bubbles).toEqual(['Hello'])
  const [message] = handle.client.$timeline.get()
  answers.shift()?.({ ...(message as MessageView), parts: said('shown') })
  await expect.poll(bubbles).toEqual(['shown'])
  handle.client.port.link.giveUp(new ChatError('UNAVAILABLE'))
  // Asked again, for it waits now.
  await expect.poll(() => answers.length).toBeGreaterThan(0)
  expect(bubbles()).toEqual(['shown'])
})

it('beforeOpen: is asked by press and command alike', async () => {
  const { handle } = mountVisitorWidget()
  const asked = vi.fn(async () => false)
  const end = await handle.run('use', ['beforeOpen', asked])
  shadow().querySelector('button')?.click()
  await handle.run('open', [])
  await expect.poll(() => asked.mock.calls).toHaveLength(2)
  expect(panel().open).toBe(false)
  end()
  await handle.run('use', ['beforeOpen', async () => true])
  await handle.run('open', [])
  await expect.poll(() => panel().open).toBe(true)
})

it('beforeUpload: another file, or none; what becomes of each is told', async () => {
  const files = fakeUploadServer()
  const { handle } = mountTestWidget({
    open: true,
    server: (server) => server.changeWidget({ attachments: { kinds: ['pdf'], maxBytes: 2000 } }),
  })
  const told: unknown[] = []
  handle.on('attachment:done', ({ data }) => told.push(data.name))
  handle.on('attachment:rejected', ({ data }) => told.push(data))
  await handle.run('use', [
    'beforeUpload',
    (file) => (file.name.endsWith('.key') ? false : new File([file], `our-${file.name}`, { type: file.type })),
  ])
  const picker = () => shadow().querySelector<HTMLInputElement>('input[type=file]')
  await expect.poll(picker).toBeTruthy()
  await expect.poll(() => handle.client.$connection.get().status).toBe('online')
  const transfer = new DataTransfer()
  for (const [name, size] of [
    ['id.key', 10],
    ['offer.pdf', 1000],
    ['long.pdf', 3000],
  ] as const)
    transfer.items.add(new File([new Uint8Array(size)], name, { type: 'application/pdf' }))
  Object.assign(picker() as HTMLInputElement, { files: transfer.files })
  picker()?.dispatchEvent(new Event('change', { bubbles: true }))
  await expect.poll(() => files.received).toEqual(['our-offer.pdf'])
  await expect.poll(() => told).toEqual([{ name: 'our-long.pdf', code: 'PAYLOAD_TOO_LARGE' }, 'our-offer.pdf'])
})

it('beforeTrack: alters or stops what is told of the visitor', async () => {
  const { handle, asked } = mountVisitorWidget()
  await handle.run('use', [
    'beforeTrack',
    (event) => ('name' in event && event.name !== 'secret' ? { ...event, properties: { by: 'us' } } : false),
  ])
  await handle.run('track', ['secret'])
  await handle.run('track', ['public'])
  await handle.run('start', [])
  const told = () => asked.flatMap(([, path, body]) => (path === '/events' ? (body as { events: [] }).events : []))
  await expect.poll(told).toContainEqual({ name: 'public', properties: { by: 'us' } })
  expect(JSON.stringify(told())).not.toContain('secret')
})

it('goes on where an interceptor throws, and says so', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => errors.mockRestore())
  const { handle } = mountVisitorWidget()
  await handle.run('use', [
    'beforeSend',
    () => {
      throw new ChatError('INTERNAL', 'mine')
    },
  ])
  expect(await handle.run('sendMessage', ['Hello'])).toMatchObject({ seq: 1 })
  expect(errors.mock.calls.flat().join()).toContain('an interceptor failed')
  await expect(handle.run('use', ['beforeTea' as 'beforeOpen', () => true])).rejects.toMatchObject({
    code: 'NOT_SUPPORTED',
  })
})
