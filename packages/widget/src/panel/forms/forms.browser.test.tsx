import { serverId, settle } from '@chatdesk/core/testing'
import { ChatError, type ClientFrame, type PreChatForm, type WidgetSettings } from '@chatdesk/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const FORM: PreChatForm = {
  fields: [
    { id: 'name', label: 'Your name', type: 'text', required: true },
    { id: 'mail', label: 'Email', type: 'email', required: true },
    { id: 'call', label: 'Phone', type: 'phone', required: false },
    { id: 'plan', label: 'Plan', type: 'select', required: true, options: ['Basic', 'Large'] },
    { id: 'more', label: 'What is it about?', type: 'textarea', required: false },
    { id: 'news', label: 'Send me news', type: 'checkbox', required: false },
  ],
  consent: { text: 'I agree that you keep this to answer me.', required: true },
}
const NAME_ALONE: PreChatForm = { fields: FORM.fields.slice(0, 1), consent: null }
const SALES = { id: serverId(1), name: 'Sales', description: '' }
const SUPPORT = { id: serverId(2), name: 'Support', description: '' }

const field = (name: string) => page.getByLabelText(name, { exact: true })
const start = () => page.getByRole('button', { name: 'Start the chat' })
const focused = () => shadow().activeElement?.id
const faults = () => [...shadow().querySelectorAll('.field-fault')].map(({ textContent }) => textContent)

type Options = NonNullable<Parameters<typeof mountTestWidget>[0]>

function mountForm(settings: Partial<WidgetSettings>, { server: prepare, ...options }: Options = {}) {
  const { handle, server } = mountTestWidget({
    open: true,
    ...options,
    server(server) {
      server.changeWidget(settings)
      prepare?.(server)
    },
  })
  const facts = () =>
    server.received.flatMap((frame: ClientFrame) => (frame.type === 'visitor.update' ? [frame.facts] : []))
  return { handle, server, facts }
}

beforeEach(() => {
  sessionStorage.clear()
  return page.viewport(900, 700)
})

describe('the form before the chat', () => {
  it('W8 [V1] asks for each kind of answer, says in words what is wrong, and tells the server before the first message', async () => {
    const { handle, server, facts } = mountForm({ preChatForm: FORM })
    const submitted: unknown[] = []
    handle.on('form:submitted', ({ data }) => submitted.push(data))
    await expect.element(page.getByRole('heading', { name: 'Before we start' })).toBeVisible()
    expect(page.getByRole('log').query()).toBeNull()
    await expect.poll(focused).toBe('field-0')
    await userEvent.fill(field('Email'), 'nobody')
    await userEvent.fill(field('Phone (optional)'), 'call me')
    await userEvent.click(start())
    expect(faults()).toEqual([
      'Please fill this in.',
      'Please enter an email address, such as name@example.com.',
      'Please enter a phone number, such as +1 555 0100.',
      'Please fill this in.',
      'Please tick this to go on.',
    ])
    expect(focused()).toBe('field-0')
    await expect.element(field('Your name')).toHaveAccessibleDescription('Please fill this in.')
    await expect.element(field('Your name')).toHaveAttribute('autocomplete', 'name')
    await expect.element(field('Email')).toHaveAttribute('autocomplete', 'email')
    await expect.element(field('Phone (optional)')).toHaveAttribute('type', 'tel')
    expect(await violations()).toEqual([])

    await userEvent.keyboard('Asha')
    await userEvent.fill(field('Email'), ' asha@example.com ')
    await userEvent.fill(field('Phone (optional)'), '+91 98765 43210')
    await userEvent.selectOptions(field('Plan'), 'Large')
    await userEvent.fill(field('What is it about? (optional)'), 'One line\nand another')
    await userEvent.click(field('Send me news'))
    expect(faults()).toEqual(['Please tick this to go on.'])
    await userEvent.click(page.getByLabelText(FORM.consent?.text ?? ''))
    expect(server.received.map(({ type }) => type)).not.toContain('conversation.start')
    await userEvent.click(start())
    await expect.element(page.getByRole('log')).toBeVisible()
    await expect.poll(() => shadow().activeElement?.tagName).toBe('TEXTAREA')
    await handle.client.sendMessage('Hello')
    expect(submitted).toEqual([
      { form: 'preChat', answers: expect.objectContaining({ name: 'Asha', plan: 'Large', news: true }) },
    ])
    expect(facts()).toEqual([
      {
        traits: { name: 'Asha', email: 'asha@example.com', phone: '+91 98765 43210' },
        form: {
          answers: {
            ...{ name: 'Asha', mail: 'asha@example.com', call: '+91 98765 43210' },
            ...{ plan: 'Large', more: 'One line\nand another', news: true },
          },
          consent: FORM.consent?.text,
        },
      },
    ])
    const types = server.received.map(({ type }) => type)
    expect(types.indexOf('visitor.update')).toBeLessThan(types.indexOf('conversation.start'))
  })

  it('W8: never stands before a conversation that goes on', async () => {
    const { server } = mountForm(
      { preChatForm: FORM },
      {
        server(server) {
          server.startConversation()
          server.agentSays('Anything else?')
        },
      },
    )
    await expect.element(page.getByText('Anything else?')).toBeVisible()
    await expect.poll(() => server.connections).toBe(1)
    expect(page.getByLabelText('Your name').query()).toBeNull()
  })

  it('W8: threat 13: what one visitor has put in, or the page has said of them, is not there for the next', async () => {
    const { handle } = mountForm({ preChatForm: FORM }, { traits: { name: 'Asha', custom: { more: 'her order' } } })
    await expect.element(field('Your name')).toHaveValue('Asha')
    await userEvent.fill(field('Email'), 'asha@example.com')
    await handle.run('logout', []).catch(() => {})
    await expect.element(field('Your name')).toHaveValue('')
    await expect.element(field('Email')).toHaveValue('')
    await expect.element(field('What is it about? (optional)')).toHaveValue('')
    expect(sessionStorage.getItem('chatdesk.form.wk_demo')).not.toContain('asha')
  })

  it('W8: what the page has prefilled waits behind the form, also where nothing may be kept', async () => {
    const { handle } = mountForm({ preChatForm: NAME_ALONE }, { consent: 'required' })
    await expect.element(field('Your name')).toBeVisible()
    await handle.run('prefill', ['order 7'])
    await userEvent.fill(field('Your name'), 'Asha')
    await userEvent.click(start())
    await expect.element(page.getByRole('textbox', { name: 'Your message' })).toHaveValue('order 7')
  })

  it('W8: threat 13: nor what proves one visitor, and comes when they have gone', async () => {
    const late: ((user: { id: string; hash: string; name: string }) => void)[] = []
    const user = () => new Promise<{ id: string; hash: string; name: string }>((resolve) => late.push(resolve))
    const { handle } = mountForm({ preChatForm: FORM }, { user })
    // The session asks, and so does the form.
    await expect.poll(() => late.length).toBe(2)
    handle.run('close', [])
    await handle.run('logout', []).catch(() => {})
    for (const prove of late) prove({ id: 'asha', hash: 'of-asha', name: 'Asha' })
    await settle()
    handle.run('open', [])
    await expect.element(field('Your name')).toHaveValue('')
  })

  it('W8: keeps what was typed over closing and a reload, and asks nobody twice', async () => {
    const first = mountForm({ preChatForm: FORM })
    await expect.poll(focused).toBe('field-0')
    await userEvent.keyboard('Asha')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    await userEvent.click(page.getByRole('button', { name: 'Open chat' }))
    await expect.element(field('Your name')).toHaveValue('Asha')
    await expect.poll(focused).toBe('field-0')
    first.handle.unmount()

    const second = mountForm({ preChatForm: { fields: FORM.fields.slice(0, 1), consent: null } })
    await expect.element(field('Your name')).toHaveValue('Asha')
    await userEvent.click(start())
    await expect.poll(second.facts).toHaveLength(1)
    expect(sessionStorage.getItem('chatdesk.form.wk_demo')).not.toContain('Asha')
    second.handle.unmount()

    const third = mountForm({ preChatForm: NAME_ALONE })
    await expect.poll(() => third.server.connections).toBe(1)
    await expect.element(page.getByRole('log')).toBeVisible()
    expect(page.getByLabelText('Your name').query()).toBeNull()
  })

  it('W8: keeps nothing in the browser of a visitor who has not agreed, and still loses nothing', async () => {
    mountForm({ preChatForm: NAME_ALONE }, { consent: 'required' })
    await expect.poll(focused).toBe('field-0')
    await userEvent.keyboard('Asha')
    await userEvent.keyboard('{Escape}')
    await userEvent.click(page.getByRole('button', { name: 'Open chat' }))
    await expect.element(field('Your name')).toHaveValue('Asha')
    expect(Object.keys(sessionStorage)).toEqual([])
  })

  it('gives back what stood in the composer before it came', async () => {
    const { server } = mountForm(
      { preChatForm: NAME_ALONE },
      { consent: 'required', server: (server) => server.setReachable(false) },
    )
    const composer = page.getByRole('textbox', { name: 'Your message' })
    await userEvent.fill(composer, 'Half a sent')
    server.setReachable(true)
    await expect.poll(focused).toBe('field-0')
    await userEvent.keyboard('Asha{Enter}')
    await expect.element(composer).toHaveValue('Half a sent')
    await expect.element(page.getByRole('button', { name: 'Send message' })).toHaveAttribute('aria-disabled', 'false')
  })

  it('[V1] sends what was answered without a connection once there is one', async () => {
    const { server, facts } = mountForm({ preChatForm: NAME_ALONE })
    await expect.poll(focused).toBe('field-0')
    await expect.poll(() => server.connections).toBe(1)
    server.setReachable(false)
    await userEvent.keyboard('Asha{Enter}')
    await expect.element(page.getByRole('log')).toBeVisible()
    await userEvent.fill(page.getByRole('textbox', { name: 'Your message' }), 'Hello')
    await userEvent.keyboard('{Enter}')
    expect(facts()).toEqual([])
    server.setReachable(true)
    await expect.poll(facts).toHaveLength(1)
    await expect.poll(() => server.received.at(-1)?.type).toBe('message.send')
  })

  it('shows what the site has said of its visitor, and leaves what it proves as it is', async () => {
    const claims = btoa(JSON.stringify({ sub: '7', name: 'Asha', email: 'asha@example.com' }))
    const { facts } = mountForm(
      { preChatForm: FORM },
      {
        user: { token: `x.${claims}.y` },
        traits: { email: 'other@example.com', phone: '+91 98765 43210', custom: { plan: 'Large', news: true } },
      },
    )
    await expect.element(field('Email')).toHaveValue('asha@example.com')
    await expect.element(field('Email')).toHaveAttribute('readonly')
    await expect.element(field('Email')).toHaveAccessibleDescription('From your account')
    await expect.element(field('Phone (optional)')).toHaveValue('+91 98765 43210')
    await expect.element(field('Plan')).toHaveValue('Large')
    await expect.element(field('Send me news')).toBeChecked()
    await userEvent.click(page.getByLabelText(FORM.consent?.text ?? ''))
    await userEvent.click(start())
    await expect.poll(facts).toHaveLength(1)
    expect(facts()[0]?.traits).toEqual({ phone: '+91 98765 43210' })
    expect(facts()[0]?.form?.answers).toMatchObject({ name: 'Asha', mail: 'asha@example.com' })
  })

  it('[V2] asks once more when its questions were other ones meanwhile, with what was answered', async () => {
    const { server, facts } = mountForm({ preChatForm: NAME_ALONE })
    await expect.poll(focused).toBe('field-0')
    await expect.poll(() => server.connections).toBe(1)
    server.refuse('visitor.update', new ChatError('VALIDATION_FAILED'), 2)
    await userEvent.keyboard('Asha{Enter}')
    await expect.element(page.getByRole('alert').getByText('The questions have changed')).toBeVisible()
    await expect.element(field('Your name')).toHaveValue('Asha')
    await userEvent.click(start())
    await expect.element(page.getByRole('log')).toBeVisible()
    expect(facts()).toHaveLength(2)
  })
})

describe('departments', () => {
  const offering = (departments: (typeof SALES)[], options: Options = {}, settings: object = {}) =>
    mountForm(
      { departmentIds: departments.map(({ id }) => id), ...settings },
      {
        ...options,
        server(server) {
          const { fetch } = server
          Object.assign(server, {
            fetch: ((input, init) =>
              String(input).endsWith('/api/widget/departments')
                ? Promise.resolve(Response.json({ departments }))
                : fetch(input, init)) satisfies typeof globalThis.fetch,
          })
        },
      },
    )

  it('W8: lets the visitor choose among several', async () => {
    const { facts } = offering([SALES, SUPPORT])
    await userEvent.selectOptions(field('Who would you like to talk to?'), 'Support')
    await userEvent.click(start())
    await expect.poll(facts).toEqual([{ departmentId: SUPPORT.id }])
  })

  it('W8: asks for one among the other questions, though the list comes last', async () => {
    const { facts } = offering([SALES, SUPPORT], {}, { preChatForm: NAME_ALONE })
    await userEvent.fill(field('Your name'), 'Asha')
    await userEvent.selectOptions(field('Who would you like to talk to?'), 'Support')
    await expect.element(field('Your name')).toHaveValue('Asha')
    await userEvent.click(start())
    await expect.poll(facts).toHaveLength(1)
    expect(facts()[0]?.departmentId).toBe(SUPPORT.id)
  })

  it('W8: takes the only one without a word', async () => {
    const { facts } = offering([SALES])
    await expect.poll(facts).toEqual([{ departmentId: SALES.id }])
    await expect.element(page.getByRole('log')).toBeVisible()
  })

  it('W8: takes the one that the page names, and asks nobody', async () => {
    const { facts } = offering([SALES, SUPPORT], { departmentId: SUPPORT.id })
    await expect.poll(facts).toEqual([{ departmentId: SUPPORT.id }])
    await expect.element(page.getByRole('log')).toBeVisible()
  })
})

describe('the form in other conditions', () => {
  it('shows hostile words as words', async () => {
    const hostile = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    const fields = [{ id: 'plan', label: hostile, type: 'select' as const, required: true, options: [hostile] }]
    mountForm({ preChatForm: { fields, consent: { text: hostile, required: true } } })
    await userEvent.selectOptions(field(hostile).first(), hostile)
    expect(shadow().querySelectorAll('img, script')).toHaveLength(0)
    expect(window).not.toHaveProperty('hit')
  })

  it('fits 320 pixels from right to left, in the dark, without a violation', async () => {
    await page.viewport(320, 640)
    mountForm({ preChatForm: FORM }, { locale: 'ar', theme: 'dark' })
    await expect.element(page.getByRole('heading', { name: 'قبل أن نبدأ' })).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'بدء المحادثة' }))
    expect(faults()).toHaveLength(4)
    expect(await violations()).toEqual([])
    const questions = shadow().querySelector('.form-questions') as HTMLElement
    expect(questions.scrollWidth).toBeLessThanOrEqual(questions.clientWidth)
  })
})
