/** What the demo's company tells its visitors about one matter. */
export interface DemoDocument {
  id: string
  category: string
  title: string
  body: string
}

/** Of a company that registers companies in India. Written for ChatDesk; no legal advice. */
export const DEMO_DOCUMENTS: readonly DemoDocument[] = [
  {
    id: 'private-limited',
    category: 'Companies',
    title: 'Private limited company registration',
    body: `A private limited company needs at least two directors and two shareholders; the same two people may be both. One director must have lived in India for 182 days of the year. There is no minimum capital. We prepare the digital signatures, reserve the name and file SPICe+ with the Registrar of Companies. Registration takes 7 to 10 working days after all documents are there. You receive the certificate of incorporation, PAN and TAN of the company by e-mail.`,
  },
  {
    id: 'pricing',
    category: 'Prices and payments',
    title: 'Prices and what they include',
    body: `A private limited company costs Rs. 6,999 and an LLP Rs. 5,499, government fees and stamp duty not included. GST registration costs Rs. 1,499. A trademark application costs Rs. 1,999 for each class, plus the government fee of Rs. 4,500 for individuals and small enterprises. Every price includes the digital signatures of two people and one revision of the name. There are no hidden charges. You see the full amount before you pay.`,
  },
  {
    id: 'documents',
    category: 'Companies',
    title: 'Documents needed for registration',
    body: `Each director sends a copy of the PAN card, of the Aadhaar card, a photograph, and a bank statement or telephone bill that is not older than two months. For the registered office send an electricity bill and a no-objection letter of the owner; a rent agreement is needed if the place is rented. Foreign directors send a notarised passport. Scans and clear photographs are accepted. You upload them in your account under Documents.`,
  },
  {
    id: 'llp',
    category: 'Companies',
    title: 'Limited liability partnership (LLP)',
    body: `An LLP suits partners who want limited liability with fewer filings than a company has. It needs two designated partners and an LLP agreement, which we draft. An audit is only required when the turnover exceeds Rs. 40 lakh or the contribution exceeds Rs. 25 lakh. Registration takes 10 to 12 working days. An LLP cannot issue shares, so that investors usually prefer a private limited company.`,
  },
  {
    id: 'opc',
    category: 'Companies',
    title: 'One person company (OPC)',
    body: `A one person company has a single owner, who names a nominee that takes over in the event of death. Only an Indian citizen may found one, including those who live abroad. The owner has limited liability. It may be converted to a private limited company at any time. Sole proprietors often choose it when they do not want a partner.`,
  },
  {
    id: 'gst',
    category: 'Tax',
    title: 'GST registration and returns',
    body: `GST registration is compulsory when the turnover exceeds Rs. 40 lakh for goods or Rs. 20 lakh for services, and for everybody who sells across states online. The GSTIN is usually issued within 3 to 7 working days. After that GSTR-1 and GSTR-3B are filed every month, or every quarter under QRMP. Late filing costs Rs. 50 a day. We can file your returns from Rs. 999 a month.`,
  },
  {
    id: 'trademark',
    category: 'Trademarks',
    title: 'Trademark registration',
    body: `We search the register before we file, so that you know whether a similar brand exists. From the day of filing you may use the TM sign; the R sign only after registration. An examination takes about 30 days, registration six to twelve months if nobody objects. A trademark holds for ten years and may be renewed. If the registry raises an objection we answer it within 30 days; the reply costs Rs. 2,999.`,
  },
  {
    id: 'name-approval',
    category: 'Companies',
    title: 'Choosing and reserving a company name',
    body: `You propose two names. A name must be unique, must not resemble that of another company or trademark, and ends with Private Limited or LLP. Words such as Bank, Insurance or National need a permission. The Registrar usually decides within two working days, and a reserved name is kept for 20 days. If both names are rejected you may propose two others once without a further charge.`,
  },
  {
    id: 'payment-methods',
    category: 'Prices and payments',
    title: 'How to pay',
    body: `You pay by UPI, debit or credit card, net banking or wallet through Razorpay. Instalments are possible from Rs. 5,000 with most credit cards. A tax invoice with your GSTIN is sent by e-mail after the payment. We never ask for an OTP, CVV or PIN in the chat. If money was debited and the payment shows as failed, the bank returns it within 5 to 7 working days.`,
  },
  {
    id: 'refund',
    category: 'Prices and payments',
    title: 'Cancellation and refund policy',
    body: `You may cancel before we have filed anything and receive back all but Rs. 499. Once an application is filed, government fees cannot be returned. If we make a mistake and your application is rejected because of it, we file again at our cost. A refund is sent to the account from which you paid within 5 to 7 working days. Write to us from your account to cancel.`,
  },
  {
    id: 'status',
    category: 'Your application',
    title: 'Following your application',
    body: `Sign in and open My applications to see at which step your application is: documents, name approval, filing, or approved. We send an e-mail and a text message at each step. If the step has not changed for more than five working days, ask us to look into it with your application number, which begins with REG.`,
  },
  {
    id: 'compliance',
    category: 'Companies',
    title: 'Yearly compliance of a private limited company',
    body: `Every private limited company appoints an auditor within 30 days, holds a board meeting each quarter, and files AOC-4 and MGT-7 every year with its financial statements. Directors confirm their KYC by 30 September. Missing a filing costs Rs. 100 a day for each form. Our yearly package with a chartered accountant costs Rs. 14,999 and includes the income tax return.`,
  },
  {
    id: 'bank-account',
    category: 'Companies',
    title: 'Opening a current account for a new company',
    body: `After the incorporation we help to open a current account with one of our partner banks, in most cities without a visit. The bank asks for the certificate of incorporation, PAN of the company, a board resolution and the KYC of the directors. The account usually works within three to five working days. The paid-up capital must be deposited within 180 days.`,
  },
  {
    id: 'startup-india',
    category: 'Companies',
    title: 'Startup India recognition',
    body: `A company or LLP younger than ten years with a turnover below Rs. 100 crore may be recognised by DPIIT. It must work on something new or better, and not be a part of an existing business. Recognition brings a tax holiday of three years, lower trademark fees and easier public tenders. The certificate usually comes within two weeks. Our service for the application costs Rs. 3,999.`,
  },
  {
    id: 'support-hours',
    category: 'Contact',
    title: 'Opening hours and contact',
    body: `Our team answers from Monday to Saturday between 9:30 and 18:30 Indian time, except on public holidays. Outside of these hours leave your e-mail or telephone number, and we come back to you on the next working day. We speak English and Hindi. Our office is in Bengaluru; visits are by appointment only.`,
  },
  {
    id: 'account',
    category: 'Your application',
    title: 'Your account: password and details',
    body: `If you have forgotten your password, choose Forgot password on the sign-in page; a link that works for one hour is sent to your e-mail. You change your address or telephone number under Profile. To change the e-mail itself write to us from the old one. To close your account write to us as well; documents that the law requires us to keep are kept for eight years.`,
  },
  {
    id: 'share-transfer',
    category: 'Companies',
    title: 'Adding a director or transferring shares',
    body: `To add a director we need the digital signature, DIN and written consent of the new person, and a board resolution; DIR-12 is filed within 30 days. Shares are transferred by form SH-4 with stamp duty of 0.015 percent. Both services cost Rs. 2,499 each. Removing a director needs a resolution of the shareholders.`,
  },
  {
    id: 'closing',
    category: 'Companies',
    title: 'Closing a company',
    body: `A company that has not traded for two years may be struck off by form STK-2. All filings must be up to date, and all bank accounts closed. The Registrar usually needs three to six months. Closing costs Rs. 9,999, government fees not included. An LLP is closed by Form 24.`,
  },
]
