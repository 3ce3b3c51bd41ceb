import {
  acceptInviteRequest,
  currentMember,
  firstRunRequest,
  firstRunState,
  forgotPasswordRequest,
  resetPasswordRequest,
  showInviteRequest,
  showInviteResponse,
} from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { declareAccess, type InputSchema } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseInput } from '../http/input.js'
import type { FirstRun } from './first-run.js'
import { acceptInvite, showInvite } from './invites.js'
import type { MemberGate } from './member-gate.js'
import { ABSOLUTE_MS } from './member-sessions.js'
import type { OrganizationsContext } from './organizations.js'
import { resetPassword } from './password-changes.js'
import type { Post } from './post.js'
import type { Entered, SignInLimits } from './sign-in.js'

/** What these routes need beside the use cases. */
export interface EntryRoutesContext extends OrganizationsContext {
  gate: MemberGate
  limits: SignInLimits
  post: Post
  firstRun: FirstRun
}

/** `/api/auth`, for whoever is not signed in yet: by an invite, by a link for a new password, as the very first. */
export function entryRoutes(context: EntryRoutesContext): Router {
  const { gate, limits, post, firstRun } = context
  const router = Router()
  const open: RequestHandler = async (_request, response) => {
    response.json({ open: await firstRun.isOpen() })
  }
  const bySecret = { for: 'everybody', because: 'it asks for a secret, and is throttled' } as const
  const mails = { for: 'everybody', because: 'it answers nothing, mails to members alone, and is throttled' } as const
  /** Own pages only, and as often as one may try to sign in. */
  const send = (
    path: string,
    access: typeof bySecret | typeof mails,
    { body, answer }: { body: InputSchema; answer?: InputSchema },
    run: RequestHandler,
  ) =>
    router.post(
      path,
      gate.ownPagesOnly,
      jsonBody,
      declareAccess(
        access,
        async (request, response, next) => {
          response.set('cache-control', 'no-store')
          await limits.perAddress.consume(clientNetwork(request.ip))
          await run(request, response, next)
        },
        { body },
        answer,
      ),
    )
  const letIn = (request: Request, response: Response, { token, current }: Entered) => {
    gate.setCookie(request, response, token, ABSOLUTE_MS / 1000)
    response.json(current)
  }
  const from = (request: Request) => ({
    address: clientNetwork(request.ip),
    userAgent: request.headers['user-agent'],
  })

  send('/invite', bySecret, { body: showInviteRequest, answer: showInviteResponse }, async (request, response) => {
    response.json(await showInvite(context, parseInput(showInviteRequest, request.body).token))
  })
  send('/invite/accept', bySecret, { body: acceptInviteRequest, answer: currentMember }, async (request, response) => {
    const input = parseInput(acceptInviteRequest, request.body)
    letIn(request, response, await acceptInvite(context, { ...input, ...from(request) }))
  })
  send('/forgot', mails, { body: forgotPasswordRequest }, (request, response) => {
    post.sendReset(parseInput(forgotPasswordRequest, request.body).email)
    response.sendStatus(204)
  })
  send('/reset', bySecret, { body: resetPasswordRequest }, async (request, response) => {
    await resetPassword(context, parseInput(resetPasswordRequest, request.body))
    response.sendStatus(204)
  })
  send('/first-run', bySecret, { body: firstRunRequest, answer: currentMember }, async (request, response) => {
    const input = parseInput(firstRunRequest, request.body)
    letIn(request, response, await firstRun.complete({ ...input, ...from(request) }))
  })
  const isPublic = { for: 'everybody', because: 'it says only whether the server awaits its first member' } as const
  router.get('/first-run', declareAccess(isPublic, open, {}, firstRunState))
  return router
}
