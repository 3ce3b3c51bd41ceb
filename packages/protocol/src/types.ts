import type * as z from 'zod/mini'
import type * as analytics from './schemas/admin/analytics.js'
import type * as apiTokens from './schemas/admin/api-tokens.js'
import type * as appointments from './schemas/admin/appointments.js'
import type * as assistants from './schemas/admin/assistant.js'
import type * as auditTrail from './schemas/admin/audit.js'
import type * as cannedReplies from './schemas/admin/canned-replies.js'
import type * as copilot from './schemas/admin/copilot.js'
import type * as departments from './schemas/admin/departments.js'
import type * as identityKeys from './schemas/admin/identity-keys.js'
import type * as inbox from './schemas/admin/inbox.js'
import type * as knowledge from './schemas/admin/knowledge.js'
import type * as leads from './schemas/admin/leads.js'
import type * as macros from './schemas/admin/macros.js'
import type * as members from './schemas/admin/members.js'
import type * as notifications from './schemas/admin/notifications.js'
import type * as organizations from './schemas/admin/organizations.js'
import type * as adminPayments from './schemas/admin/payments.js'
import type * as routing from './schemas/admin/routing.js'
import type * as teamWork from './schemas/admin/team-work.js'
import type * as tickets from './schemas/admin/tickets.js'
import type * as knownVisitors from './schemas/admin/visitors.js'
import type * as webhooks from './schemas/admin/webhooks.js'
import type * as widgets from './schemas/admin/widgets.js'
import type * as assistantPolicies from './schemas/assistant-policy.js'
import type * as auth from './schemas/auth.js'
import type * as clientFrames from './schemas/client-frames.js'
import type * as entities from './schemas/entities.js'
import type * as files from './schemas/files.js'
import type * as followUps from './schemas/follow-up.js'
import type * as messageParts from './schemas/message-parts.js'
import type * as payments from './schemas/payments.js'
import type * as rest from './schemas/rest.js'
import type * as serverFrames from './schemas/server-frames.js'
import type * as supportChat from './schemas/support-chat.js'
import type * as visitorFacts from './schemas/visitor-facts.js'
import type * as visitorRest from './schemas/visitor-rest.js'
import type * as settings from './schemas/widget-settings.js'

/** Who speaks. */
export type Author = z.output<typeof entities.author>
/** One part of a message. */
export type MessagePart = z.output<typeof messageParts.messagePart>
/** One part of a message that somebody may say: how a payment stands, only the server does (M1). */
export type SaidPart = Exclude<MessagePart, { type: 'payment' }>
/** Choices that the team offers, as buttons. */
export type ChoicesPart = Extract<MessagePart, { type: 'choices' }>
/** A card: a title, words, perhaps a picture and buttons. */
export type CardPart = Extract<MessagePart, { type: 'card' }>
/** A file as it stands in a message. */
export type FilePart = z.output<typeof messageParts.filePart>
/** How a payment stands, as a message tells it. */
export type PaymentPart = z.output<typeof messageParts.paymentPart>
/** Where a payment stands, for whoever is to pay. */
export type PaymentStatus = z.output<typeof messageParts.paymentStatus>
/** How a payment stands, for whoever is to pay it. */
export type VisitorPayment = z.output<typeof payments.visitorPayment>
/** How a payment is made. */
export type Checkout = z.output<typeof payments.checkoutResponse>
export type LinkReturn = z.output<typeof payments.linkReturn>
/** A payment that was asked for in a conversation. */
export type Payment = z.output<typeof adminPayments.payment>
/** Money on its way back. */
export type PaymentRefund = z.output<typeof adminPayments.paymentRefund>
/** A try that has brought money in. */
export type PaymentCapture = z.output<typeof adminPayments.paymentCapture>
/** An organization's account at a payment provider. */
export type PaymentAccount = z.output<typeof adminPayments.paymentAccount>
/** A payment with what has come in, gone back and been done. */
export type PaymentDetail = z.output<typeof adminPayments.paymentDetailResponse>
/** Money that has come or gone. */
export type PaymentLedgerLine = z.output<typeof adminPayments.paymentLedgerLine>
/** What somebody has done with a payment, or what has become of it. */
export type PaymentDeed = z.output<typeof adminPayments.paymentDeed>
/** Where a payment stands, for the team. */
export type PaymentState = z.output<typeof adminPayments.paymentState>
/** Which payments to list. */
export type ListPaymentsQuery = z.input<typeof adminPayments.listPaymentsQuery>
/** A page of payments. */
export type ListPaymentsResponse = z.output<typeof adminPayments.listPaymentsResponse>
/** What is to be paid. */
export type CreatePaymentRequest = z.output<typeof adminPayments.createPaymentRequest>
/** What is to go back. */
export type CreateRefundRequest = z.output<typeof adminPayments.createRefundRequest>
/** Which payment that fits nothing was dealt with, and how. */
export type SettlePaymentRequest = z.output<typeof adminPayments.settlePaymentRequest>
/** Money that fits nothing, and that nobody has dealt with. */
export type StrangePayment = z.output<typeof adminPayments.strangePayment>
/** A key of an account at a payment provider. */
export type ConnectPaymentAccountRequest = z.output<typeof adminPayments.connectPaymentAccountRequest>
/** An account, and the secret of its webhooks where one was made. */
export type PaymentAccountSecretResponse = z.output<typeof adminPayments.paymentAccountSecretResponse>
/** What was checked on a day. */
export type ReconciliationDay = z.output<typeof adminPayments.reconciliationDay>
/** What people have to look at. */
export type Reconciliation = z.output<typeof adminPayments.reconciliationResponse>
/** One part of a message as its author's client submits it. */
export type SubmittedPart = z.output<typeof messageParts.submittedPart>
/** What a press on a button says. */
export type Choice = ChoicesPart['choices'][number]
/** A message in a conversation's log. */
export type ChatMessage = z.output<typeof entities.messageCreated>
/** A change of status or agent in a conversation's log. */
export type ConversationChange = z.output<typeof entities.conversationChanged>
/** An entry of a conversation's log. */
export type LogEvent = z.output<typeof entities.logEvent>
/** Where a conversation stands. */
export type ConversationStatus = z.output<typeof entities.conversationStatus>
/** How far a reader has got in one log. */
export type ResumeCursor = z.output<typeof entities.resumeCursor>
/** How far each side has read. */
export type ReadMarks = z.output<typeof entities.readMarks>
/** A conversation brought up to date. */
export type ConversationSync = z.output<typeof entities.conversationSync>
/** Whether a conversation's visitor is there. */
export type VisitorPresence = z.output<typeof entities.visitorPresence>
/** Whether the team is there. */
export type TeamPresence = z.output<typeof entities.teamPresence>
/** A member who watches a conversation. */
export type Viewer = z.output<typeof entities.viewer>
/** A row of the inbox. */
export type ConversationSummary = z.output<typeof entities.conversationSummary>
/** How soon a conversation needs somebody. */
export type Priority = z.output<typeof entities.priority>
/** What a page needs to draw a widget. */
export type WidgetSettings = z.output<typeof settings.widgetSettings>
/** A kind of files. */
export type FileKind = z.output<typeof settings.fileKind>
/** Which files a widget's visitors may send. */
export type Attachments = z.output<typeof settings.attachments>
/** Body of `POST …/upload`. */
export type BeginUploadRequest = z.output<typeof files.beginUploadRequest>
/** Answer of whatever begins, continues or ends an upload. */
export type UploadResponse = z.output<typeof files.uploadResponse>
/** Answer of `GET …/conversations/:id/files/:fileId`. */
export type FileLinkResponse = z.output<typeof files.fileLinkResponse>
/** Whether the tabs of a visitor are apart or share one conversation. */
export type TabMode = z.output<typeof entities.tabMode>
/** What a widget says to a visitor who does not answer. */
export type FollowUp = z.output<typeof followUps.followUp>
/** When the assistant of a widget answers, and when it hands over. */
export type AssistantPolicy = z.output<typeof assistantPolicies.assistantPolicy>
/** Hours in which nobody is disturbed. */
export type QuietHours = z.output<typeof followUps.quietHours>
/** Role of a member. */
export type MemberRole = z.output<typeof auth.memberRole>

/** A command or a volatile sign from a client. */
export type ClientFrame = z.output<typeof clientFrames.clientFrame>
/** The first frame of a connection. */
export type SessionStart = z.output<typeof clientFrames.sessionStart>
/** A frame from the server. */
export type ServerFrame = z.output<typeof serverFrames.serverFrame>
/** The answer to `session.start`. */
export type SessionReady = z.output<typeof serverFrames.sessionReady>
/** The answer to a command without a reply frame. */
export type Ack = z.output<typeof serverFrames.ack>

/** How waiting conversations come to agents. */
export type RoutingSettings = z.output<typeof routing.routingSettings>
/** A member who answers visitors, and how it stands with them. */
export type TeamMember = z.output<typeof routing.teamMember>
/** Where a visitor stands in the queue. */
export type QueuePlace = NonNullable<z.output<typeof routing.queuePlaceResponse>['queue']>

/** Body of every REST failure. */
export type ErrorBody = z.output<typeof rest.errorBody>
/** Body of `POST /api/widget/init`. */
export type InitRequest = z.input<typeof rest.initRequest>
/** Answer of `POST /api/widget/init`. */
export type InitResponse = z.output<typeof rest.initResponse>
/** Proof of who a visitor is at the site. */
export type VisitorUser = z.input<typeof rest.visitorUser>
/** What a page says of its visitor, unproved. */
export type VisitorTraits = z.input<typeof visitorFacts.visitorTraits>
/** What a site has signed of a user's account. */
export type VisitorAccount = z.output<typeof visitorFacts.visitorAccount>
/** What a client says of its visitor. */
export type VisitorFacts = z.input<typeof visitorFacts.visitorFacts>
/** What a visitor has answered to the widget's form. */
export type FormAnswers = z.input<typeof visitorFacts.formAnswers>
/** By what a visitor's identity was proved. */
export type VisitorProof = z.output<typeof entities.visitorProof>
/** A conversation as its visitor sees it. */
export type Conversation = z.output<typeof rest.conversation>
/** A row of the visitor's own list of conversations. */
export type VisitorConversation = z.output<typeof visitorRest.visitorConversation>
/** How a visitor has found a conversation. */
export type ConversationRating = z.input<typeof visitorRest.rateConversationRequest>
/** What a visitor did on the site. */
export type TrackedEvent = z.input<typeof visitorRest.trackedEvent>
/** What an organization knows of the visitor of a conversation. */
export type PushSubscriptionInput = z.input<typeof visitorRest.pushSubscription>
/** What a push says. */
export type PushPayload = z.output<typeof visitorRest.pushPayload>
/** What an agent reads of a visitor. */
export type ConversationVisitor = z.output<typeof visitorRest.conversationVisitor>
/** All that a session may read of its visitor. */
export type VisitorExport = z.output<typeof visitorRest.visitorExport>
/** What was deleted. */
export type ErasureReceipt = z.output<typeof visitorRest.erasureReceipt>
/** Answer of `POST …/messages`. */
export type SendMessageResponse = z.output<typeof rest.sendMessageResponse>
/** Answer of `GET …/messages`. */
export type ListMessagesResponse = z.output<typeof rest.listMessagesResponse>
/** Body of `POST /api/auth/first-run`. */
export type FirstRunRequest = z.input<typeof auth.firstRunRequest>
/** Answer of `GET /api/auth/me`. */
export type CurrentMember = z.output<typeof auth.currentMember>
/** What its organization says of a widget. */
export type ConfigurableSettings = z.output<typeof settings.configurableSettings>
/** When a team is there. */
export type BusinessHours = z.output<typeof settings.businessHours>
/** What a visitor is asked before the conversation. */
export type PreChatForm = z.output<typeof settings.preChatForm>
/** When a widget speaks first. */
export type ProactiveRule = z.output<typeof settings.proactiveRule>
/** A widget as its organization sees it. */
export type AdministeredWidget = z.output<typeof widgets.widget>
/** Body of `POST /api/chat-widget/widgets`. */
export type CreateWidgetRequest = z.input<typeof widgets.createWidgetRequest>
/** Body of `PATCH /api/chat-widget/widgets/:id`. */
export type UpdateWidgetRequest = z.input<typeof widgets.updateWidgetRequest>
/** A site on which a widget was seen. */
export type Installation = z.output<typeof widgets.installation>
/** What members say among themselves in a conversation. */
export type Note = z.output<typeof teamWork.note>
/** What a member wants to hear of, and how. */
export type NotificationSettings = z.output<typeof notifications.notificationSettings>
/** A word by which a team sorts its conversations. */
export type Tag = z.output<typeof teamWork.tag>
/** Something that a team has to do for a visitor. */
export type Ticket = z.output<typeof tickets.ticket>
/** Where a ticket stands. */
export type TicketStatus = z.output<typeof tickets.ticketStatus>
/** `GET /api/chat-widget/tickets`: what is asked for. */
export type ListTicketsQuery = z.input<typeof tickets.listTicketsQuery>
/** A page of tickets. */
export type ListTicketsResponse = z.output<typeof tickets.listTicketsResponse>
/** `POST /api/chat-widget/tickets`. */
export type CreateTicketRequest = z.output<typeof tickets.createTicketRequest>
/** `PATCH /api/chat-widget/tickets/:id`. */
export type UpdateTicketRequest = z.output<typeof tickets.updateTicketRequest>
/** Words that a team says often. */
export type CannedReply = z.output<typeof cannedReplies.cannedReply>
/** `POST /api/chat-widget/canned-replies`. */
export type CreateCannedReplyRequest = z.output<typeof cannedReplies.createCannedReplyRequest>
/** `PATCH /api/chat-widget/canned-replies/:id`. */
export type UpdateCannedReplyRequest = z.output<typeof cannedReplies.updateCannedReplyRequest>
/** What a team does often with a conversation. */
export type Macro = z.output<typeof macros.macro>
/** One thing that a macro does. */
export type MacroAction = z.output<typeof macros.macroAction>
/** How far a run of a macro came. */
export type MacroRun = z.output<typeof macros.macroRunResponse>
/** An entry of the knowledge base that a draft or an answer rests on. */
export type CopilotSource = z.output<typeof copilot.copilotSource>
/** A reply that a member may send, change or leave. */
export type CopilotDraft = z.output<typeof copilot.copilotDraft>
/** What stands in a conversation since it was last over. */
export type CopilotSummary = z.output<typeof copilot.copilotSummary>
/** What an organization has its model do. */
export type AssistantSettings = z.output<typeof assistants.assistantSettings>
/** What a model was asked on a day, and what that has cost. */
export type AssistantUsageDay = z.output<typeof assistants.assistantUsageDay>
/** What an organization's model was asked, day by day. */
export type AssistantUsage = z.output<typeof assistants.assistantUsageResponse>
/** What a webhook can be told of. */
export type WebhookEventType = z.output<typeof webhooks.webhookEventType>
/** An address that is told of what happens. */
export type Webhook = z.output<typeof webhooks.webhook>
/** One thing that a webhook is told of, and how far that has got. */
export type WebhookDelivery = z.output<typeof webhooks.webhookDelivery>
/** Body of `POST /api/chat-widget/webhooks`. */
export type CreateWebhookRequest = z.output<typeof webhooks.createWebhookRequest>
/** Body of `PATCH /api/chat-widget/webhooks/:id`. */
export type UpdateWebhookRequest = z.output<typeof webhooks.updateWebhookRequest>
/** Answer of what makes a secret. */
export type WebhookSecretResponse = z.output<typeof webhooks.webhookSecretResponse>
/** Answer of `GET /api/chat-widget/webhooks/:id/deliveries`. */
export type ListWebhookDeliveriesResponse = z.output<typeof webhooks.listWebhookDeliveriesResponse>
/** Body of what a webhook is sent. */
export type WebhookPayload = z.output<typeof webhooks.webhookPayload>
/** Which conversations a member looks at. */
export type InboxView = z.output<typeof inbox.inboxView>
/** What narrows a view. */
export type InboxFilter = z.output<typeof inbox.inboxFilter>
/** How many conversations each view has. */
export type InboxCounts = z.output<typeof inbox.countConversationsResponse>['counts']
/** Something that a search has found. */
export type SearchResult = z.output<typeof inbox.searchResult>
/** What is done to many conversations at once. */
export type BulkAction = z.output<typeof inbox.bulkAction>
/** A part of the team. */
export type Department = z.output<typeof departments.department>
/** One that a widget offers its visitors. */
export type OfferedDepartment = z.output<typeof departments.offeredDepartmentsResponse>['departments'][number]
/** An entry of an organization's audit trail. */
export type AuditEntry = z.output<typeof auditTrail.auditEntry>
/** A question that a widget can answer. */
export type KnowledgeEntry = z.output<typeof knowledge.knowledgeEntry>
/** Which of a widget's entries are asked for. */
export type ListKnowledgeQuery = z.output<typeof knowledge.listKnowledgeQuery>
/** A page of a widget's entries. */
export type ListKnowledgeResponse = z.output<typeof knowledge.listKnowledgeResponse>
/** Body of `POST /api/chat-widget/widgets/:id/knowledge`, as checked. */
export type NewKnowledgeEntry = z.output<typeof knowledge.createKnowledgeEntryRequest>
/** Body of `PATCH /api/chat-widget/knowledge/:id`, as checked. */
export type KnowledgeEntryChanges = z.output<typeof knowledge.updateKnowledgeEntryRequest>
/** What an entry was. */
export type KnowledgeVersion = z.output<typeof knowledge.knowledgeVersion>
/** A question that had no answer. */
export type KnowledgeGap = z.output<typeof knowledge.knowledgeGap>
/** A question, and the entry that is to be found by it. */
export type GoldenQuestion = z.output<typeof knowledge.goldenQuestion>
/** What publishing a draft would change. */
export type DraftCheck = z.output<typeof knowledge.checkDraftResponse>
/** An entry that is to be imported, as checked. */
export type ImportedEntry = z.output<typeof knowledge.importedEntry>
/** What an import does, or would do. */
export type KnowledgeImport = z.output<typeof knowledge.importKnowledgeResponse>
/** What an import of a site's pages would do. */
export type SiteImport = z.output<typeof knowledge.previewSiteResponse>
/** An entry as visitors read it. */
export type PublicEntry = z.output<typeof knowledge.publicEntry>
/** Somebody who has left a way to be reached. */
export type Lead = z.output<typeof leads.lead>
/** How far a lead has got. */
export type LeadStatus = z.output<typeof leads.leadStatus>
/** What a visitor has asked for in a conversation. */
export type Appointment = z.output<typeof appointments.appointment>
/** Where an appointment stands. */
export type AppointmentStatus = z.output<typeof appointments.appointmentStatus>
/** What was counted of a widget on one day. */
export type WidgetDay = z.output<typeof analytics.widgetDay>
/** What proves a widget's users. */
export type IdentityKey = z.output<typeof identityKeys.identityKey>
/** Body of `POST …/identity-keys`. */
export type CreateIdentityKeyRequest = z.input<typeof identityKeys.createIdentityKeyRequest>
/** Answer of `POST …/identity-keys`. */
export type CreateIdentityKeyResponse = z.output<typeof identityKeys.createIdentityKeyResponse>
/** Answer of `POST /api/auth/ticket`. */
export type TicketResponse = z.output<typeof auth.ticketResponse>
/** A tenant. */
export type Organization = z.output<typeof organizations.organization>
/** A tenant as super admins see it, with how many widgets and members it has. */
export type OrganizationRow = z.output<typeof organizations.listOrganizationsResponse>['organizations'][number]
/** A person who signs in, in the list of an organization. */
export type MemberRow = z.output<typeof members.memberRow>
/** An invitation that is still open. */
export type InviteRow = z.output<typeof members.inviteRow>
/** Answer of `POST /api/chat-widget/invites`. */
export type CreateInviteResponse = z.output<typeof members.createInviteResponse>
/** Answer of `POST /api/auth/invite`. */
export type ShowInviteResponse = z.output<typeof auth.showInviteResponse>
/** Somewhere where a member is signed in. */
export type SignInSession = z.output<typeof auth.listSessionsResponse>['sessions'][number]
/** A secret with which a program acts for a member. */
export type ApiToken = z.output<typeof apiTokens.apiToken>
/** What an API token may be given. */
export type ApiScope = z.output<typeof apiTokens.apiScope>
/** Body of `POST /api/chat-widget/api-tokens`. */
export type CreateApiTokenRequest = z.input<typeof apiTokens.createApiTokenRequest>
/** Answer of `POST /api/chat-widget/api-tokens`. */
export type CreateApiTokenResponse = z.output<typeof apiTokens.createApiTokenResponse>
/** A page of an organization's audit trail. */
export type ListAuditResponse = z.output<typeof auditTrail.listAuditResponse>
/** One's own settings, and what this server can do for them. */
export type Notifications = z.output<typeof notifications.notificationsResponse>
/** How long it takes until an organization mails. */
export type MailSettings = z.output<typeof notifications.mailSettings>
/** What is pushed to a member. */
export type MemberPushPayload = z.output<typeof notifications.memberPushPayload>
/** A conversation in the words of `/api/support/chat`. */
export type SupportSession = z.output<typeof supportChat.supportSession>
/** A message in the words of `/api/support/chat`. */
export type SupportMessage = z.output<typeof supportChat.supportMessage>
/** A visitor as the team knows it. */
export type KnownVisitor = z.output<typeof knownVisitors.knownVisitor>
