import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AttemptInput, AttemptResult, ControlInput } from './core/inputs.js'
import { createState, type InitialState, type SimulatorSettings, type SimulatorState } from './core/state.js'
import type { EventName } from './core/webhook-records.js'
import { createApiRoutes } from './server/api-routes.js'
import { type SimulatorClock, systemClock } from './server/clock.js'
import { createControlRoutes } from './server/control-routes.js'
import { DELIVERY_TIMEOUT, deliverByHttp } from './server/deliver.js'
import { createEngine } from './server/engine.js'
import { BodyTooLarge, isForLoopback, isFromElsewhere, sendJson } from './server/http.js'
import { createPageRoutes, isPagePath } from './server/page-routes.js'

/** How a simulator is made. Everything has a default. */
export interface RazorpaySimulatorOptions {
  /** Port on 127.0.0.1; one that is free if absent or 0. */
  port?: number
  /** The same seed and the same calls bring the same ids, times apart. */
  seed?: string
  /** `virtualClock()` stands still until it is moved, so that times are the same too. The one on the wall if absent. */
  clock?: SimulatorClock
  /** Keys of the API, each beginning with `rzp_test_sim`. One with the id `rzp_test_simulator` if absent. */
  keys?: InitialState['keys']
  /** An endpoint that is told of events from the start on. */
  webhook?: { url: string; secret: string | null; events?: readonly EventName[] }
  settings?: Partial<SimulatorSettings>
  /** How long an endpoint has for its answer, in milliseconds of the clock on the wall; five seconds if absent. */
  deliveryTimeout?: number
}

/** A Razorpay on this machine. */
export interface RazorpaySimulator {
  /** Begins to listen, and answers with where: `http://127.0.0.1:<port>`. */
  start(): Promise<string>
  /** Ends every connection and forgets what was due. */
  close(): Promise<void>
  /** Where it listens. @throws {Error} before it was started. */
  readonly url: string
  readonly keys: SimulatorState['keys']
  state(): SimulatorState
  /** Somebody pays. */
  attempt(input: Omit<AttemptInput, 'type'>): AttemptResult
  /** Does what the control plane does. @throws {Error} with the reason, when it cannot be done. */
  control(input: ControlInput): unknown
  now(): number
  /** Lets time pass, and waits for all deliveries that fall due meanwhile. In milliseconds. */
  advance(milliseconds: number): Promise<void>
  /** Resolves when no delivery is on its way. */
  idle(): Promise<void>
  /** Forgets everything and begins again, with another seed if one is given. */
  reset(seed?: string): void
}

/** The key that there is when none is given. */
export const DEFAULT_KEY = { id: 'rzp_test_simulator', secret: 'simulator-key-secret' }

/** What paths are read against. */
const BASE = 'http://127.0.0.1'

/**
 * Makes a simulator; `start` has it listen.
 * @throws {Error} when a key does not begin with `rzp_test_sim`.
 */
export function createRazorpaySimulator(options: RazorpaySimulatorOptions = {}): RazorpaySimulator {
  const { clock = systemClock(), keys = [DEFAULT_KEY], deliveryTimeout = DELIVERY_TIMEOUT } = options
  let seed = options.seed ?? 'razorpay-simulator'
  let listeningOn: number | undefined
  const urlOf = (port: number | undefined) => `http://127.0.0.1${port === undefined ? '' : `:${port}`}`

  const begin = () => createState({ seed, keys, settings: { publicUrl: urlOf(listeningOn), ...options.settings } })
  const engine = createEngine(begin(), clock, (delivery) => deliverByHttp(delivery, deliveryTimeout))
  const addWebhook = () => {
    if (options.webhook) engine.control({ type: 'webhook.add', ...options.webhook })
  }
  const reset = (other?: string) => {
    seed = other ?? seed
    engine.replace(begin())
    addWebhook()
  }
  addWebhook()

  const serveApi = createApiRoutes(engine)
  const servePage = createPageRoutes(engine)
  const serveControl = createControlRoutes({ engine, now: clock.now, reset })
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(URL.canParse(request.url ?? '/', BASE) ? (request.url ?? '/') : '/', BASE)
    if (!isForLoopback(request)) return sendJson(response, 403, { error: 'The simulator is for this machine alone.' })
    if (isPagePath(url.pathname)) return servePage(request, response, url)
    if (!url.pathname.startsWith('/__sim')) return serveApi(request, response, url)
    if (isFromElsewhere(request)) return sendJson(response, 403, { error: 'The control plane is not for web pages.' })
    return serveControl(request, response, url)
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else sendJson(response, error instanceof BodyTooLarge ? 413 : 500, { error: String(error) })
    })
  })

  return {
    async start() {
      listeningOn = await listen(server, options.port ?? 0)
      if (options.settings?.publicUrl === undefined)
        engine.control({ type: 'settings.change', settings: { publicUrl: urlOf(listeningOn) } })
      return urlOf(listeningOn)
    },
    async close() {
      engine.stop()
      if (!server.listening) return
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
    get url() {
      if (listeningOn === undefined) throw new Error('The simulator was not started.')
      return urlOf(listeningOn)
    },
    get keys() {
      return engine.state().keys
    },
    state: engine.state,
    attempt: engine.attempt,
    control: engine.control,
    now: clock.now,
    advance: engine.advance,
    idle: engine.idle,
    reset,
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
