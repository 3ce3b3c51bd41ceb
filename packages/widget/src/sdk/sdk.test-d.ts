import type { MessageView, Unsubscribe } from '@chatdesk/core'
import { expectTypeOf } from 'vitest'
import type { WidgetHandle } from '../mount/mount-widget.js'
import type { WidgetActions } from '../slot/actions.js'
import '../global.js'
import type { APP_COMMANDS } from './command-names.js'
import type { AppCommandName, SentMessage } from './commands.js'
import type { MoreEventData, ShortEventData } from './event-data.js'
import type { MORE_EVENTS, SHORT_EVENTS } from './event-types.js'

// The lists are whole.
expectTypeOf<(typeof APP_COMMANDS)[number]>().toEqualTypeOf<AppCommandName>()
expectTypeOf<(typeof SHORT_EVENTS)[number]>().toEqualTypeOf<keyof ShortEventData>()
expectTypeOf<(typeof MORE_EVENTS)[number]>().toEqualTypeOf<keyof MoreEventData>()

// The page's global function: by name and as methods.
expectTypeOf(chatdesk('sendMessage', 'Hello')).toEqualTypeOf<Promise<SentMessage>>()
expectTypeOf(chatdesk.sendMessage('Hello', { conversationId: 'c' })).toEqualTypeOf<Promise<SentMessage>>()
expectTypeOf(chatdesk.get('unread')).toEqualTypeOf<Promise<number>>()
expectTypeOf(
  chatdesk('on', 'message', (message) => expectTypeOf(message).toEqualTypeOf<MessageView>()),
).toEqualTypeOf<Unsubscribe>()
chatdesk.on('message:failed', ({ data }) => expectTypeOf(data.message).toEqualTypeOf<MessageView>())
chatdesk('on', 'availability', ({ data }) => expectTypeOf(data.online).toEqualTypeOf<boolean>())
expectTypeOf(chatdesk('open')).toEqualTypeOf<Promise<void>>()
expectTypeOf(chatdesk('minimize')).toEqualTypeOf<Promise<void>>()
expectTypeOf(chatdesk.setUser({ name: 'John Doe', plan: 'pro' })).toEqualTypeOf<Promise<{ verified: boolean }>>()

// The first guide's calls.
void chatdesk('init', {
  organizationId: 'c785d757',
  departmentId: 'optional',
  position: 'bottom-right',
  greeting: 'Hi!',
})
void chatdesk('init', { widgetKey: 'wk_1', userData: { name: 'John Doe', customField1: 'Premium Customer' } })
void chatdesk('track', 'viewed_pricing_page')
void chatdesk('identify', { name: 'John Doe', email: 'john@example.com' })
// @ts-expect-error There is no such command.
void chatdesk('fly')
// @ts-expect-error Not a corner.
void chatdesk('setPosition', 'top')
// @ts-expect-error A key is needed.
void chatdesk('init', { greeting: 'Hi!' })

// A bundler's handle, and the wrappers.
declare const handle: WidgetHandle
declare const app: WidgetActions
expectTypeOf(handle.run('sendMessage', ['Hello'])).toEqualTypeOf<Promise<SentMessage>>()
expectTypeOf(handle.run('get', ['connection'])).resolves.toEqualTypeOf<
  'idle' | 'connecting' | 'online' | 'waiting' | 'failed'
>()
expectTypeOf(app.sendMessage('Hello')).toEqualTypeOf<Promise<SentMessage>>()
void app.use('beforeSend', (parts) => parts.filter((part) => part.type === 'text'))
handle.on('typing', ({ data: { authors } }) => expectTypeOf(authors[0]?.name).toEqualTypeOf<string | undefined>())
// @ts-expect-error Events have names.
handle.on('message:eaten', () => {})
// @ts-expect-error An app mounts and unmounts its widget itself.
void app.destroy()
