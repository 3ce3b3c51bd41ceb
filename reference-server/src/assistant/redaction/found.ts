/** What is kept from a provider. `tax_id`: an Indian PAN, or the GSTIN that holds one; `upi`: a payment address. */
export type PersonalKind = 'email' | 'phone' | 'card' | 'aadhaar' | 'tax_id' | 'iban' | 'upi' | 'otp'

/** Where some stands in a text, in UTF-16 code units. */
export interface Found {
  kind: PersonalKind
  from: number
  to: number
}
