import { type ApiAnswer, answer } from './api/router.js'
import { OPERATION_IN_PROGRESS } from './attempts.js'
import type { Draft } from './draft.js'
import { matchesPath, type RestFault } from './faults.js'
import type { RequestInput, RespondEffect } from './inputs.js'
import { takeFault } from './take-fault.js'

/** Answers a call of the API, or has the accident with it that a fault orders. */
export function respond(draft: Draft, input: RequestInput): RespondEffect {
  const fault = takeFault(
    draft,
    (candidate) =>
      candidate.on === 'rest' &&
      (candidate.method === undefined || candidate.method === input.method) &&
      matchesPath(candidate.path, input.path),
  )
  return fault?.on === 'rest' ? faulty(draft, input, fault) : json(answer(draft, input))
}

function faulty(draft: Draft, input: RequestInput, fault: RestFault): RespondEffect {
  switch (fault.kind) {
    case 'rate_limit':
      return json({ status: 429, body: error('BAD_REQUEST_ERROR', 'Request failed. Please try after sometime.') })
    case 'server_error':
      return json({
        status: fault.status ?? 500,
        body: error(
          'SERVER_ERROR',
          'We are facing some trouble completing your request at the moment. Please try again shortly.',
        ),
      })
    case 'operation_in_progress':
      return json({ status: 400, body: error('BAD_REQUEST_ERROR', OPERATION_IN_PROGRESS) })
    case 'html_error':
      return other(
        fault.status ?? 502,
        'text/html',
        '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
      )
    case 'empty_error':
      return other(fault.status ?? 502, 'text/plain', '')
    case 'reset_before':
    case 'hang_before':
      return { ...other(500, 'text/plain', ''), accident: fault.kind === 'reset_before' ? 'reset' : 'hang' }
    case 'reset_after':
      return { ...json(answer(draft, input)), accident: 'reset' }
    case 'hang_after':
      return { ...json(answer(draft, input)), accident: 'hang' }
    case 'truncated_answer':
      return { ...json(answer(draft, input)), accident: 'truncate' }
    case 'latency':
      return { ...json(answer(draft, input)), delay: fault.ms ?? 1_000 }
  }
}

function json({ status, body }: ApiAnswer): RespondEffect {
  return other(status, 'application/json', JSON.stringify(body))
}

function other(status: number, contentType: string, body: string): RespondEffect {
  return { type: 'respond', status, contentType, body, accident: 'none', delay: 0 }
}

function error(code: string, description: string): ApiAnswer['body'] {
  return { error: { code, description, source: 'NA', step: 'NA', reason: 'NA', metadata: {} } }
}
