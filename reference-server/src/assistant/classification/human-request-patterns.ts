/**
 * Ways of asking for a person that are no fixed phrase, by language. Over folded words joined by spaces; Latin letters only where `\b` is
 * used, since it knows no others. Repeats are bounded. Written for ChatDesk.
 */
export const HUMAN_REQUEST_PATTERNS: readonly RegExp[] = [
  // English: somebody who could do something, …
  /\b(?:human|humna|(?:any|real|live|some|actual|talking to|speak to|with) humans)\b/,
  /\b(?:can|could|may|will|would|have|let|ask|get|need|want|is there|send)\b.{0,14}\b(?:someone|somebody|anyone|anybody|(?:a|one|real|any) persons?|an? expert|one of you|your team|an? colleague)\b.{0,20}\b(?:(?:help|assist|guide) me(?: (?:please|pls|here|now|out|with|in)\b|$)|call|contact me|reach out|get back|talk|speak|explain|take over|connect with|chat|handle)\b/,
  /\b(?:need|want|get|give|send|find|prefer)\b(?: me| us)?(?: an?| one| some)?(?: real| live| actual)? (?:person|someone|somebody|people)(?: please| pls| now| here| to (?:talk|speak|help|call|chat)\b.*| on\b.*| from\b.*| i can\b.*| not\b.*|$)/,
  /\b(?:anyone|anybody|someone|somebody)(?: available| here| there| online| around| real| on duty| in charge| senior)\b/,
  /\bwhom? (?:can|should|do|could|may|shall) i (?:talk|speak|chat|get in touch|connect)\b|\bwhom? (?:can|should|do|could|may|shall) i (?:contact|call|reach)(?: (?:here|now|at|please)\b|$)/,
  // … a call, …
  /\b(?:arrange|schedule|book|request|set up|setup|organi[sz]e|want|need|prefer|have|give me|drop me|get|hop|jump|do)\b(?: on)?(?: an?| the)?(?: quick| short| phone| voice| video| direct){0,4} (?:call|callback|phone call|call back|telephone call)\b(?! (?:letter|centre|center|money|of|option|transcript|log|history))/,
  /\bcall ?backs?\b(?! (?:url|uri|function|address))/,
  /\b(?:talk|speak|discuss|connect|chat|explain|conversation|reach)\b.{0,20}\b(?:on|over|by|via) (?:the |a |my )?(?:phone|call|telephone|video)\b/,
  /\b(?:your|ur|any|support|care|service|team|office|direct) (?:phone|contact|telephone|mobile|whatsapp|support|helpline|customer care|toll free) (?:no|number|line|numbers)\b/,
  /\b(?:how|where|can|want to|like to|need to|let me)\b.{0,16}\b(?:reach|contact|call|phone|ring) (?:you guys|your team|your office|(?:you|u)(?: (?:now|at|on|about|directly|people|today|please|over|by|regarding)\b|$))/,
  // … the team by its name, …
  /\b(?:talk|speak|chat|connect|word|touch|conversation)\b.{0,6}\b(?:to|with)\b(?: an?| the| your| ur| some| any| one of (?:the|your)| somebody| someone)?(?: \w+){0,2} (?:owner|founder|boss|ceo|head|department|dept|sales|billing|accounts|accountant|lawyer|officer|professional|colleague|senior|charge|consultants?|executives?|supports?|suport|team)\b/,
  /\b(?:want|need|get|give|connect|prefer|require)\b(?: me| us)?(?: to| with)?(?: an?| the| your| some)? (?:(?:customer|live|real|human|technical|tech|phone|personal) )+(?:care|support|service|services|help|assistance|helpdesk|chat)\b/,
  /^(?:please )?(?:customer|live|phone|technical) (?:care|support|service|chat)(?: executive| team| please| pls| number){0,4}$/,
  /\breal (?:help|support|assistance|people)\b/,
  /\b(?:get|have) (?:an? )?(?:quick )?word with\b/,
  // … or anything but this.
  /\b(?:useless|stupid|dumb|annoying|silly|idiot|idiotic|bloody|fucking) (?:chat)?(?:bot|robot|machine|ai)\b/,
  /\b(?:bot|robot|chatbot) (?:is|are|isnt|cant|doesnt|does not|cannot|wont|keeps)\b.{0,12}\b(?:useless|help|helping|understand|understanding|work|working|stupid|repeating)\b/,
  /\b(?:no|not|stop|without|enough)\b.{0,14}\b(?:automated|auto) (?:replies|responses|messages|answers|reply)\b|\bnot (?:an? |with |to |by )?(?:ai|automated|artificial)\b/,
  /\b(?:any|an?|your|the|some) (?:real |live |actual |human )?(?:agents?|operators?|representatives?|executives?|supervisors?|managers?|advisors?|employees?|colleagues?) (?:online|available|here|there|contact|call|help|reach|to (?:call|contact|help|talk|speak|reach))\b/,
  /\b(?:from|by|with) (?:an? |your |the )?(?:actual|real|live) (?:person|people|agent|employee|staff|operator|advisor|expert|representative)\b|\bsenior (?:officer|executive|manager|person|agent|staff|advisor)\b/,
  // Hinglish.
  /\bcall (?:aa|aaye|aayega|mil) (?:sakta|sakti|jaye|jayega|kya|sakega)\b|\b(?:bot|robot)(?: se| ko)? (?:nahi|nahin|nhi)\b/,
  /\b(?:insaan|insan|insano|inssan)\b/,
  /\b(?:baat|bat|baatcheet|batcheet)\b(?: \w+){0,2} (?:kar(?!ta|ti|te|ke|\b (?:rah|chuk|li))\w*|kr(?:ni|na|wa\w*|ao|o|a|do)|krwa\w*|ho (?:sakti|jaye|jaegi)|chahta|chahiye)\b/,
  /\b(?:baat|bat) kar (?:sakt|do|de|lo|le|ne|na)\w*/,
  /\b(?:call|phone|fone|coll)\b(?: \w+)? (?:karo|kro|kariye|karye|kijiye|kijie|karna|krna|karne|karni|karein|karen|kare|kre|karwa\w*|karva\w*|kara do|kar do|krdo|kar dijiye|kar lo|kar sakt\w*|kar den|kar dein|lagao|lagaiye|chahiye|aana|aayega kya|karega|karenge|back)\b(?! ke liye)/,
  /\b(?:aapka|apka|aap ka|aapke|apna|apka|tumhara|customer care|support|helpline|whatsapp|office|contact)\b(?: ka| ki)?(?: koi)?(?: \w+)? (?:number|nmbr|no|nambar)\b/,
  /\b(?:agent|executive|operator|manager|supervisor|senior|adhikari|team|support|customer care|staff|banda|bande|bandey|aadmi|admi|kisi|person)\b(?: \w+)? (?:se|ko|ke sath|ke saath)\b(?: \w+){0,2} (?:baat|bat|connect|jod\w*|milao|milwa\w*|bula\w*|bhej\w*|transfer|bol\w*|sampark|contact|chat|call)\b/,
  /\b(?:agent|executive|operator|manager|supervisor|banda|aadmi|person|staff) (?:chahiye|chaiye|chahie|do|dijiye|de do|bhejo|bulao|milega|mil sakta)\b/,
  // Hindi.
  /इंसान|इन्सान|मनुष्य|मानव सहाय/,
  /बात(?: \S+){0,2} (?:करनी|करना|करा|करवा|करूं|करूँ|करें|करेगा|करेंगे|कर सक|करने|कर लूं|हो सक|करो|कीजिए)/,
  /(?:कॉल|काल|फोन|फ़ोन|फ़ोन|कॉलबैक|कॉल बैक)(?: \S+)? (?:कर दो|कर दें|कर दीजिए|कर सक|करो|करें|करे|कीजिए|कीजिये|करिए|करवा|करना|करने|करेगा|करेंगे|चाहिए|लगा|बैक)/,
  /(?<!(?:मेरा|मेरे|अपना|अपने|पुराना|नया) )(?:फोन|फ़ोन|फ़ोन|संपर्क|मोबाइल|हेल्पलाइन|कस्टमर केयर|टोल फ्री|व्हाट्सएप|आपका)(?: का| का कोई)? (?:नंबर|नम्बर)/,
  /(?:एजेंट|एजेन्ट|ऑपरेटर|मैनेजर|प्रतिनिधि|अधिकारी|सुपरवाइज़र|सुपरवाइजर|कर्मचारी|व्यक्ति|आदमी|टीम|किसी|एग्जीक्यूटिव|विशेषज्ञ)(?: \S+)? (?:से|को|के साथ)(?: \S+){0,2} (?:बात|जोड़|मिला|मिलवा|बुला|भेज|कनेक्ट|संपर्क|ट्रांसफर|चैट)/,
  /(?:एजेंट|एजेन्ट|ऑपरेटर|मैनेजर|प्रतिनिधि|अधिकारी|कर्मचारी|आदमी) (?:चाहिए|दो|दीजिए|भेजो|भेजिए|बुलाओ|बुलाइए)/,
  /(?:कस्टमर केयर|ग्राहक सेवा|ग्राहक सहायता|कस्टमर सपोर्ट|लाइव सपोर्ट|लाइव चैट)/,
  /(?:असली|जीवित|सचमुच के) (?:व्यक्ति|आदमी|एजेंट|लोग)/,
  // Spanish and Portuguese, French, German, Italian: to turn to somebody, and to whom.
  /\b(?:habl|convers|comuni[cq]|contact|chate|charl|atiend|atend|pas[ae]|transf|conect|deriv|ayud|pong|pon|fal|lig|necesit|quier|prefier|dese|busc|queri|precis|quer|escrib|llev|sol[ie]cit|dame|deme|remit)\w*(?: \w+){0,5} (?:(?:una|alguna|otra|la|cualquier|uma) pe(?:r|s)so(?:na|a)|human[oa]s?|alguien|alguem|agentes?|asesor(?:a|es)?|operador(?:a|es)?|representantes?|ejecutiv[oa]s?|encargad[oa]s?|supervisor(?:a|es)?|gerentes?|jef[ea]|emplead[oa]s?|tecnic[oa]|soporte|atendentes?|especialista|responsable|trabajador)\b/,
  /\b(?:human[oa]s?|persona real|pessoa real|atendente|atencion al cliente|atencion humana|servicio al cliente|hay alguien|alguien ahi)\b/,
  /\b(?:me|nos|que me|a) (?:puede[ns]? |podria[ns]? |pueden? |podrian? )?(?:llam(?:ar|e|en|an|a|ais)|lig(?:ue|uem|ar|am))\b|\bllam(?:ame|eme|enme|arme|adme|ada telefonica)\b|\b(?:puede[ns]?|podria[ns]?|quiero|necesito|solicito)\b.{0,16}\bllam(?:ar|arme|ada)\b/,
  /\b(?:numero|telefono)\b.{0,12}\b(?:telefono|contacto|atencion|soporte|ustedes|llamar|celular|whatsapp)\b/,
  /\bno (?:quiero|deseo|me gusta)\b.{0,20}\b(?:bot|robot|maquina|chatbot)\b/,
  /\b(?:parler|discuter|echanger|contacter|joindre|passe[rz]?|transfere[rz]?)\b(?: \w+){0,4} (?:quelquun|personne|humain|conseill\w+|agent|operat\w+|responsable|support|service)\b|\bvrai (?:humain|personne)\b|\brappele[rz]\b/,
  /\b(?:sprech\w*|red\w*|verbind\w*|kontakt\w*|chatt\w*|telefonier\w*|brauche|mochte|will)\b(?: \w+){0,5} (?:mensch\w*|person|jemand\w*|mitarbeiter\w*|berater\w*|agent\w*|support|kundenservice|kundendienst|vorgesetzt\w*)\b|\b(?:mensch\w*|jemand\w*|mitarbeiter\w*|berater\w*)\b(?: \w+){0,3} (?:sprech\w*|red\w*|verbind\w*|kontakt\w*|chatt\w*)\b|\bruf\w* (?:sie )?(?:mich|uns)\b/,
]
