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

/**
 * How people ask for a person in English, Hindi, Hinglish and Spanish, and what only looks like it. Written by hand; the rules were not
 * fitted to each line: what they miss is printed.
 */
export const GOLDEN_HUMAN_REQUESTS: HumanRequestSet = {
  name: 'golden',
  asking: [ENGLISH, HINDI, HINGLISH, SPANISH].flatMap((lines) => lines.split('\n')),
  others: OTHERS.split('\n'),
}
