/** A body of an error, in one of the three styles in which Razorpay's services write them. */
export interface ErrorBody {
  readonly error: Readonly<Record<string, unknown>>
}

/** A call of the API that is refused. Thrown inside of the core alone, where the router turns it into an answer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(String(body.error.description))
  }
}

/** The style of orders, payments and refunds. */
export function badRequest(description: string, field?: string, more: Readonly<Record<string, unknown>> = {}): Refusal {
  return new Refusal(400, {
    error: {
      code: 'BAD_REQUEST_ERROR',
      description,
      source: 'business',
      step: 'payment_initiation',
      reason: 'input_validation_failed',
      metadata: {},
      ...more,
      ...(field === undefined ? {} : { field }),
    },
  })
}

/** The style of payment links: nothing known, and a list where the others have an object. */
export function badLinkRequest(description: string): Refusal {
  return new Refusal(400, {
    error: { code: 'BAD_REQUEST_ERROR', description, metadata: [], reason: null, source: null, step: null },
  })
}

/** The style of authentication, routing and idempotency: `NA` throughout. */
export function notApplicable(status: number, description: string): Refusal {
  return new Refusal(status, {
    error: { code: 'BAD_REQUEST_ERROR', description, source: 'NA', step: 'NA', reason: 'NA', metadata: {} },
  })
}

/** A path or method that there is not. Documented as 400. */
export function unknownUrl(): Refusal {
  return notApplicable(400, 'The requested URL was not found on the server.')
}
