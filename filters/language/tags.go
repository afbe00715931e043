package language

import "strings"

// aliases are names of languages that are also called otherwise: withdrawn
// codes, parts of macrolanguages that stand for the whole, and three letters
// where two are right (RFC 5646 §4.5).
var aliases = map[string]string{
	"nb": "no", "nob": "no", "nor": "no", "nno": "nn", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "fil": "tl", "cmn": "zh", "yue": "zh",
	"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "rus": "ru", "jpn": "ja",
	"zho": "zh", "chi": "zh", "kor": "ko", "nld": "nl", "dut": "nl", "pol": "pl", "ara": "ar", "tur": "tr", "ukr": "uk", "jp": "ja",
	"cn": "zh", "kr": "ko", "gr": "el", "cz": "cs", "dk": "da", "se": "sv", "ua": "uk",
}

// Canonical names a declared language as Identify would name it: "EN_us" is
// "en", "nb-NO" is "no", "zh-TW" is "zh-Hant", "sh" is "sr-Latn". Languages
// that can't be told keep their own name; what is no language tag gives "".
func Canonical(tag string) string {
	parts := strings.FieldsFunc(strings.ToLower(tag), func(r rune) bool { return r == '-' || r == '_' || r == ' ' || r == ',' || r == ';' })
	if len(parts) == 0 || len(parts[0]) < 2 || len(parts[0]) > 3 || !letters(parts[0]) {
		return ""
	}
	base := parts[0]
	if base == "und" || base == "mul" || base == "zxx" || base == "mis" {
		return ""
	}
	if base == "sh" || base == "hbs" {
		return "sr-Latn"
	}
	traditional := base == "yue"
	if other := aliases[base]; other != "" {
		base = other
	}
	for _, p := range parts[1:] {
		switch {
		case base == "zh" && p == "hans":
			return "zh"
		case base == "zh" && (p == "hant" || p == "tw" || p == "hk" || p == "mo" || p == "yue"):
			traditional = true
		case base == "sr" && p == "latn":
			return "sr-Latn"
		case base == "pt" && p == "br":
			return "pt-BR"
		}
	}
	if base == "zh" && traditional {
		return "zh-Hant"
	}
	return base
}

func letters(s string) bool {
	for i := range len(s) {
		if !isASCIILetter(s[i]) {
			return false
		}
	}
	return true
}

// Covers reports whether somebody who asks for the language range wanted wants
// a text in the language have: by basic filtering (RFC 4647 §3.3.1), whichever
// of its names either is called by. "zh" covers "zh-Hant", "nb" and "zh-TW"
// what is told as "no" and "zh-Hant", "no" Nynorsk too, "en-US" what is told as
// "en", since regions can't be told, but not "en-GB", which somebody declared.
func Covers(wanted, have string) bool {
	if wanted == "" || have == "" {
		return false
	}
	if within(wanted, have) {
		return true
	}
	told := Canonical(have)
	return told != "" && within(wanted, told) || Canonical(wanted) == have || strings.EqualFold(wanted, "no") && told == "nn"
}

// within reports whether a language is the range or a form of it.
func within(wanted, have string) bool {
	if len(have) < len(wanted) || !strings.EqualFold(have[:len(wanted)], wanted) {
		return false
	}
	return len(have) == len(wanted) || have[len(wanted)] == '-'
}

// base is a language without script and region.
func base(tag string) string {
	b, _, _ := strings.Cut(tag, "-")
	return b
}

// untold lists, by script, languages that can't be told and yet be declared.
// A text that is in none of the common languages of the world is rather in
// the declared one than in its nearest relative that can be told.
var untold = map[script]string{
	latin:      " an ast br ceb co eo fo fur fy gd gl gsc gv ha ht ia ig ilo io jv ku kw la lb li ln mg mi mt nds nso ny oc om pap pms qu rm rn rw sc scn se sg sm sn so st su szl tk tn to ts uz vec vo wa wo xh yo za zu ",
	cyrillic:   " ab av ba ce cv cu kv ky mhr myv os rue sah tg tt tyv udm uz ",
	arabic:     " bal ckb ku ks lrc mzn pnb ps sd ug azb ",
	devanagari: " awa bho brx doi gom kok mai ne new sa ",
}
