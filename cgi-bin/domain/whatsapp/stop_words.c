/* stop_words.c: messages that end or begin a consent, in many languages */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/stop_words.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/whatsapp/phrase.h"

/* In the form that utf8_words() gives, so that nothing is left to do when a
 * message is compared: a test holds that. */
const char *const stop_words[] = {
    /* English */
    "stop",
    "stop it",
    "stop it please",
    "stop all",
    "stopall",
    "please stop",
    "stop please",
    "stop now",
    "unsubscribe",
    "unsubscribe me",
    "please unsubscribe",
    "please unsubscribe me",
    "unsubscribe me please",
    "un subscribe",
    "unsub",
    "opt out",
    "optout",
    "opt me out",
    "opt out please",
    "stop promotions",
    "stop promotion",
    "stop ads",
    "stop marketing",
    "stop messages",
    "stop messaging",
    "stop messaging me",
    "stop texting me",
    "stop sending messages",
    "stop sending me messages",
    "stop all messages",
    "stop all promotions",
    "stop contacting me",
    "stop spamming me",
    "stop spam",
    "stop sms",
    "leave me alone",
    "no more messages",
    "do not contact me",
    "don t contact me",
    "dont contact me",
    "do not message me",
    "don t message me",
    "dont message me",
    "remove me",
    "remove me from the list",
    "remove me from your list",
    "take me off your list",
    "s t o p",
    /* Spanish */
    "baja",
    "dar de baja",
    "darse de baja",
    "darme de baja",
    "dame de baja",
    "deme de baja",
    "alto",
    "parar",
    "detener",
    "cancelar suscripcion",
    "cancelar la suscripcion",
    "desuscribir",
    "desuscribirme",
    "desuscribirse",
    "detener promociones",
    "no mas mensajes",
    "no me escriban mas",
    "no me escriban",
    "no quiero mas mensajes",
    "no quiero recibir mas mensajes",
    "no enviar mas",
    /* Portuguese */
    "pare",
    "parem",
    "sair",
    "parar promocoes",
    "interromper promocoes",
    "cancelar inscricao",
    "cancelar assinatura",
    "descadastrar",
    "descadastrar me",
    "me descadastre",
    "remover me",
    "me remova",
    "nao me mande mais mensagens",
    "nao quero mais mensagens",
    "nao quero receber mensagens",
    "nao quero mais receber mensagens",
    /* French */
    "arret",
    "arreter",
    "arretez",
    "stop pub",
    "stop publicite",
    "desabonner",
    "me desabonner",
    "se desabonner",
    "desabonnement",
    "desabonnez moi",
    "desinscrire",
    "me desinscrire",
    "se desinscrire",
    "desinscription",
    "desinscrivez moi",
    "arreter les promotions",
    "plus de messages",
    "ne m ecrivez plus",
    "ne me contactez plus",
    /* German */
    "stopp",
    "stopp bitte",
    "stop bitte",
    "bitte stop",
    "bitte stopp",
    "bitte stoppen",
    "abmelden",
    "bitte abmelden",
    "abmeldung",
    "abbestellen",
    "austragen",
    "bitte austragen",
    "keine werbung",
    "keine werbung mehr",
    "werbung stoppen",
    "werbung abbestellen",
    "keine nachrichten mehr",
    "keine nachrichten",
    "newsletter abbestellen",
    "abo beenden",
    /* Italian */
    "ferma",
    "fermati",
    "fermatevi",
    "annulla iscrizione",
    "cancella iscrizione",
    "cancellami",
    "cancellatemi",
    "disiscrivi",
    "disiscrivimi",
    "disiscrivermi",
    "disiscrizione",
    "rimuovimi",
    "rimuovetemi",
    "interrompi promozioni",
    "basta messaggi",
    "basta pubblicita",
    "stop pubblicita",
    "non scrivetemi piu",
    "non contattatemi piu",
    "niente piu messaggi",
    "stop messaggi",
    /* Dutch */
    "stoppen",
    "afmelden",
    "uitschrijven",
    "meld mij af",
    "schrijf mij uit",
    "geen berichten meer",
    "geen reclame meer",
    /* Catalan */
    "atura",
    "donar me de baixa",
    "baixa",
    /* Swedish */
    "stoppa",
    "avregistrera",
    "avprenumerera",
    "sluta",
    /* Danish and Norwegian */
    "afmeld",
    "afmeld mig",
    "meld meg av",
    "avmeld",
    "avslutt abonnement",
    "stopp alle",
    "stop alle",
    /* Finnish */
    "lopeta",
    "poista minut",
    /* Polish */
    "wypisz",
    "wypisz mnie",
    "wypisz sie",
    "rezygnuje",
    "anuluj subskrypcje",
    "nie pisz",
    "nie piszcie do mnie",
    /* Czech and Slovak */
    "odhlasit",
    "odhlasit se",
    "odhlasit odber",
    "zrusit odber",
    /* Hungarian */
    "leiratkozas",
    "leiratkozom",
    /* Romanian */
    "dezabonare",
    "dezaboneaza ma",
    "opreste",
    "opriti",
    /* Greek */
    "διαγραφη",
    "σταματα",
    "σταματηστε",
    "απεγγραφη",
    /* Russian */
    "стоп",
    "отписаться",
    "отписка",
    "отпишите меня",
    "отмена подписки",
    "не пишите мне",
    "не пишите больше",
    "хватит писать",
    "прекратите",
    /* Ukrainian */
    "відписатися",
    "відписатись",
    "відписка",
    "не пишіть мені",
    /* Bulgarian and Serbian */
    "отписване",
    "отпиши ме",
    "odjavi me",
    /* Turkish */
    "dur",
    "durdur",
    "iptal et abonelik",
    "abonelik iptal",
    "abonelikten cik",
    "aboneligi iptal et",
    "abonelikten ayril",
    "mesaj atmayin",
    "mesaj istemiyorum",
    "mesaj gondermeyin",
    "iptal",
    /* Arabic */
    "قف",
    "توقف",
    "اوقف",
    "ايقاف",
    "الغاء الاشتراك",
    "الغاء اشتراك",
    "الغاء اشتراكي",
    "اوقفوا الرسايل",
    "ايقاف الرسايل",
    "لا ترسل",
    "لا ترسلوا",
    "توقفوا",
    "ستوب",
    /* Hebrew */
    "הסר",
    "הסירו",
    "הסר אותי",
    "הסירו אותי",
    "להסרה",
    "הסרה",
    "הפסק",
    "הפסיקו",
    "תפסיקו",
    "עצור",
    "ביטול מנוי",
    /* Persian */
    "لغو اشتراک",
    "توقف ارسال",
    "لغو عضویت",
    /* Urdu */
    "بند کرو",
    "بند کریں",
    "روکو",
    "میسج بند کرو",
    "سٹاپ",
    /* Hindi */
    "स्टॉप",
    "स्टोप",
    "रोको",
    "रोकें",
    "बंद करो",
    "बंद करें",
    "बन्द करो",
    "बन्द करें",
    "मैसेज बंद करो",
    "मैसेज बंद करें",
    "मैसेज मत भेजो",
    "मैसेज न भेजें",
    "मेसेज मत भेजो",
    "संदेश बंद करें",
    "संदेश न भेजें",
    "अनसब्सक्राइब",
    "सदस्यता समाप्त करें",
    "सदस्यता रद्द करें",
    "प्रमोशन बंद करें",
    /* Hindi in Latin letters */
    "roko",
    "roko ye",
    "band karo",
    "band kro",
    "bandh karo",
    "band kar do",
    "band kardo",
    "band karen",
    "message band karo",
    "message band kro",
    "msg band karo",
    "message mat bhejo",
    "msg mat bhejo",
    "message na bheje",
    "mat bhejo",
    "mujhe message mat karo",
    /* Bengali */
    "স্টপ",
    "বন্ধ করুন",
    "বন্ধ করো",
    "থামুন",
    "থামান",
    /* Marathi */
    "थांबवा",
    "बंद करा",
    "मेसेज बंद करा",
    /* Gujarati */
    "સ્ટોપ",
    "બંધ કરો",
    "રોકો",
    /* Punjabi */
    "ਬੰਦ ਕਰੋ",
    "ਰੋਕੋ",
    "ਸਟਾਪ",
    /* Tamil */
    "நிறுத்து",
    "நிறுத்துங்கள்",
    "நிறுத்தவும்",
    "ஸ்டாப்",
    /* Telugu */
    "ఆపు",
    "ఆపండి",
    "ఆపివేయండి",
    "స్టాప్",
    /* Kannada */
    "ನಿಲ್ಲಿಸಿ",
    "ನಿಲ್ಲಿಸು",
    "ಸ್ಟಾಪ್",
    /* Malayalam */
    "നിർത്തുക",
    "നിർത്തൂ",
    "സ്റ്റോപ്പ്",
    /* Indonesian and Malay */
    "berhenti",
    "berhenti langganan",
    "berhenti berlangganan",
    "henti",
    "hentikan",
    "hentikan promosi",
    "batal langganan",
    "unreg",
    "jangan kirim pesan lagi",
    "jangan hubungi saya lagi",
    /* Filipino */
    "tigil",
    "itigil",
    "itigil na",
    "huwag na mag text",
    /* Vietnamese */
    "dung",
    "dung lai",
    "huy đang ky",
    "ngung",
    "ngung nhan tin",
    /* Thai */
    "หยุด",
    "ยกเลิกการติดตาม",
    "เลิกรับข้อความ",
    "ยกเลิกการสมัคร",
    "หยุดส่ง",
    /* Swahili */
    "acha",
    "jiondoe",
    "sitisha",
    /* Chinese */
    "退订",
    "td",
    "退訂",
    "取消订阅",
    "取消訂閱",
    "停止",
    "停止发送",
    "停止發送",
    "不要再发",
    /* Japanese */
    "配信停止",
    "登録解除",
    "解除",
    "ストップ",
    "退会",
    /* Korean */
    "중지",
    "수신거부",
    "중단",
    "수신 거부",
    "구독취소",
    "구독 취소",
    "그만",
    "스톱",
    NULL,
};

const char *const start_words[] = {
    /* English */
    "start",
    "unstop",
    "un stop",
    "subscribe",
    "subscribe me",
    "resubscribe",
    "re subscribe",
    "opt in",
    "optin",
    "opt me in",
    "start promotions",
    "resume promotions",
    /* Spanish */
    "alta",
    "darme de alta",
    "dame de alta",
    "suscribir",
    "suscribirme",
    "quiero suscribirme",
    /* Portuguese */
    "inscrever",
    "inscrever me",
    "me inscreva",
    "quero receber mensagens",
    /* French */
    "abonner",
    "m abonner",
    "s abonner",
    "abonnez moi",
    /* German */
    "abonnieren",
    "wieder anmelden",
    /* Italian */
    "iscrivimi",
    "iscrivetemi",
    "riattiva",
    /* Dutch */
    "abonneren",
    /* Russian */
    "старт",
    "подписаться",
    "подпишите меня",
    /* Turkish */
    "baslat",
    "abone ol",
    "basla",
    /* Arabic */
    "ابدا",
    "اشترك",
    "بدء",
    /* Hebrew */
    "הירשם",
    /* Hindi */
    "स्टार्ट",
    "शुरू",
    "शुरू करो",
    "शुरू करें",
    "सब्सक्राइब",
    "shuru",
    "shuru karo",
    "start karo",
    /* Indonesian and Malay */
    "mulai",
    "berlangganan",
    "mula",
    /* Chinese */
    "订阅",
    "訂閱",
    "重新订阅",
    "重新訂閱",
    /* Japanese */
    "再開",
    "スタート",
    /* Korean */
    "시작",
    "구독",
    "수신동의",
    "수신 동의",
    NULL,
};

static bool among(const char *const *list, const char *words)
{
	for (; *list; list++)
		if (str_equal(*list, words))
			return true;
	return false;
}

/* Whether the message is one of the phrases of the setting. */
static bool is_own(
    struct arena *a, const struct phrase *message, const char *own)
{
	while (*own) {
		size_t n = strcspn(own, "|,");
		struct phrase p = phrase_of(a, arena_strndup(a, own, n));

		if (phrase_matches(MATCH_IS, &p, message))
			return true;
		own += n;
		own += *own != '\0';
	}
	return false;
}

enum stop_word stop_word_of(
    struct arena *a, const char *message, const char *own)
{
	if (!*message || strlen(message) > STOP_MESSAGE_MAX)
		return STOP_WORD_NONE;
	struct phrase p = phrase_of(a, message);

	if (is_own(a, &p, own) || among(stop_words, p.words))
		return STOP_WORD_STOP;
	return among(start_words, p.words) ? STOP_WORD_START : STOP_WORD_NONE;
}
