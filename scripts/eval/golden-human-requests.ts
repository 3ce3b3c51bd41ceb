import type { HumanRequestSet } from './evaluation-data.js'

const ENGLISH = `I want to talk to a human
can i speak to someone please
agent
human
get me an agent
connect me to a real person
I need to speak with your manager
let me talk to a representative
transfer me to customer care
is there a person I can chat with?
I'd rather talk to somebody from your team
please put me through to support
stop this bot, give me a human
not a bot please
I dont want to talk to a robot
this is useless, I need a real human being
call me
please call me back today
can someone call me at 5
do you have a helpline number
whats your customer care number
give me a number to call
i wnat to speek to an agent
talk to agnet
caht with support agent
speaktoagent
can i talk to sombody
escalate this to a supervisor
I would like to contact a member of your team
chat with a live person
how do I reach a human here
is anybody there? I need a person
are you a robot? I want a person
Could you forward me to an operator
I'm done with this bot
hand me over to a colleague of yours who is human
i need assistance from a human
want to talk with an executive
connect to agent pls
speaking to an actual person would help
need a call back
let me speak with one of your experts
HUMAN!!!
may I talk with the person in charge
anyone real here?`

const HINDI = `मुझे किसी इंसान से बात करनी है
एजेंट से बात कराइए
क्या मैं किसी से बात कर सकता हूँ
मुझे कॉल करें
कृपया मुझे फोन करें
कस्टमर केयर का नंबर दीजिए
ग्राहक सेवा से बात करनी है
मैनेजर से बात करवाइए
मुझे बॉट से नहीं बात करनी
किसी व्यक्ति से बात करनी है
हेल्पलाइन नंबर क्या है
अपने अधिकारी से बात करवाओ
मुझे एक असली इंसान चाहिए
कोई इंसान है क्या
आपकी टीम से बात करनी है
सपोर्ट टीम से बात करवा दीजिए
मुझे प्रतिनिधि से जोड़िए
ऑपरेटर से कनेक्ट कीजिए
कॉल बैक चाहिए
मुझे किसी आदमी से बात करनी है`

const HINGLISH = `mujhe kisi insaan se baat karni hai
agent se baat karao
kisi se baat karni hai
mujhe call karo
call back karo please
customer care ka number do
customer care se baat karwa do
manager se baat karwao
mujhe bot se nahi baat karni
koi insan hai kya
executive se connect karo
helpline number kya hai
senior se baat karni hai mujhe
kisi bande se baat karwa do yaar
human chahiye
agent chahiye abhi
real person se baat karni hai
aapki team se baat karni h
support wale se baat karwao
phone karo mujhe
mujhse koi baat kar sakta hai kya
kya main kisi se baat kar sakta hu
banda chahiye koi
baat krwa do kisi se
operator se baat krni h
mujhe callback chahiye
kisi ko bolo mujhe call kare
live agent se baat
insaan se baat karni hai robot se nahi
supervisor ko bulao`

const SPANISH = `Quiero hablar con una persona
necesito hablar con alguien
pásame con un agente
quiero un agente humano
¿puedo hablar con un asesor?
me pueden llamar por favor
llámame
no quiero hablar con un bot
hay alguna persona real
quisiera hablar con un representante
comuníqueme con el supervisor
necesito atención humana
quiero hablar con el encargado
¿cuál es el teléfono de contacto?
contactar con un agente
deseo hablar con un operador
una persona por favor
quiero hablar con un ser humano
numero de atencion al cliente
por favor que me llamen`

const OTHERS = `how do I register a company
what does it cost
are you a human?
am i talking to a bot
I don't need an agent, just tell me the price
no need to call me
do i need a registered agent for my llp
can I act as the authorised person myself
how many people are needed to start a company
can someone else sign for me
how do I add a person as director
my agent gave me this number REG-20441
i want to become your sales agent
is a human resources policy required
who can be the contact person of the company
please call the company Sunrise Foods
I talked to my accountant yesterday
how do i transfer shares to another person
connect my bank account
i want to change my support email
mera refund kab aayega
kitne din lagenge
GST ke liye kya documents chahiye
मेरी कंपनी कब बनेगी
पैसे कब वापस आएंगे
कितना खर्च होगा
cuánto cuesta
dónde está mi reembolso
cómo registro una empresa
do you have a live tracker
is there a phone app
the person who signed has left
need an executive summary
can you send the representative office rules
what is the operator of the platform liable for
let me know when it is done
i need help with my order
can you help me
give me the invoice
I want to cancel`

/** Written after the rules for the others stood, to see what these are worth for lines that they were not written for. */
const LATER = `i'd like to have a word with someone in charge
can a real person take over from here
please let a human handle this
is it possible to get a callback from your side
whom can I talk to about this
kindly arrange a call with your team
get a person on the line
pls connect with customer executive
I need to speak to a customer service rep
could I chat to a member of staff
give me your phone number, I want to call you
i want real support not AI
transfer this chat to an agent
need live assistance
talk to advisor
can i hav a human pls
put me in touch with an expert
i request you to call me on 9876543210
want to spaek with suport
are there any humans working here?
mujhe aapke kisi executive se baat karni hai
please kisi ko call karne boliye
aap log phone kyu nahi karte, mujhe call kijiye
customer support se connect kar do
kisi real insaan se baat karwaiye
ye bot kuch nahi samajh raha, kisi banda se baat karao
mera call lagao kisi agent ko
kya koi mujhse phone pe baat karega
human agent se baat karni thi
mujhe aapka number do, baat karni hai
मुझे कस्टमर केयर वाले से बात करनी है
क्या कोई मुझसे बात करेगा
मेरी बात किसी एजेंट से करा दो
मुझे आपका फोन नंबर चाहिए
कृपया किसी इंसान को भेजिए
quiero que me atienda una persona
páseme con un humano
¿me puede llamar alguien?
necesito comunicarme con un asesor
prefiero hablar con alguien real
I need to discuss this with a real person
can you get somebody to ring me
who is handling my case, i want to talk to him
get your supervisor
I demand to speak to the person responsible
i am not satisfied with the bot answers, need agent support
let me chat with customer success
please have an agent contact me
can I get help from an actual employee
switch me to a live operator
would rather speak with a person than a machine
your bot doesn't get it, connect me with staff
I want to lodge this with a senior officer directly
any agent online?
do you have someone I can talk to
i want to speek with a humen
give me customer care
plz transfer to executive
need to contact support team
please tell a representative to call
ek baar manager se baat karwa dijiye
mujhe sidha kisi aadmi se baat karni hai
bhai koi agent hai to connect karo
call aa sakta hai kya mujhe aapki team se
koi hai jo meri help kare, bot nahi
mera issue koi insan dekhe
customer care no. do bhai
mujhe live chat karni hai agent ke saath
kisi senior ko transfer kar do
phone pe baat ho sakti hai?
मुझे लाइव एजेंट चाहिए
किसी जिम्मेदार व्यक्ति से मिलवाइए
मैं आपके मैनेजर से बात करना चाहता हूं
क्या मुझे कोई फोन कर सकता है
बॉट नहीं, इंसान से बात कराओ
ग्राहक सेवा अधिकारी से जोड़ें
quiero que me pasen con un operador
¿hay alguien que me pueda ayudar?
deseo atención personalizada de un agente
póngame con su jefe
ayuda de una persona real
no me sirve el bot, quiero un asesor`

const OTHERS_LATER = `how do i call a board meeting
what is a human resource consultancy licence
do agents need gst registration
who is the person responsible for filing
can i talk about my idea under an NDA
speak english please
contact details to be printed on the letterhead
is support included in the price
mera agent bol raha tha 5 din lagenge
number of directors needed
the manager must be an Indian citizen?
call letter for trademark hearing
I'm an insurance agent, do I need a licence
reach 40 lakh turnover
how do I connect my payment gateway
kisi aur ke naam pe company ho sakti hai
kya directors ko call aata hai verification ke liye
कंपनी में कितने व्यक्ति चाहिए
qué documentos necesita el representante legal
una persona puede abrir una empresa?
is the registered office agent's address public
can a minor be a shareholder
how many members can an LLP have
what help do I get after registration
does someone have to visit the office
who can sign the documents
my partner wants to talk to his CA first
what is the contact email
my phone number changed
update the phone number on my account
when will someone review my documents
is a human signature needed
can I call the company abc exports
do i get support for gst returns
chat history download
what does your team do
kya mera number update ho gaya
kisi ke naam se gst le sakte hai
document kisko bhejna hai
मेरा फोन नंबर बदलना है
व्यक्ति की मृत्यु पर OPC का क्या होता है
necesito una persona jurídica
cuántas personas se necesitan
quiero registrar una empresa con dos personas
I need two people as directors`

/**
 * How people ask for a person in English, Hindi, Hinglish and Spanish, and what only looks like it. Written by hand. Rules were
 * mended by them afterwards, so that they are no held-out set: what a change breaks is seen here.
 */
export const GOLDEN_HUMAN_REQUESTS: HumanRequestSet = {
  name: 'golden',
  asking: [ENGLISH, HINDI, HINGLISH, SPANISH, LATER].flatMap((lines) => lines.split('\n')),
  others: [OTHERS, OTHERS_LATER].flatMap((lines) => lines.split('\n')),
}
