package repair

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// holdsContact reports whether a text tells where somebody can be reached: an
// address for mail, or a number with a word or a sign for it.
func holdsContact(s string) bool {
	if mailAddress.MatchString(s) {
		return true
	}
	return phoneNumber.MatchString(s)
}

var (
	mailAddress = regexp.MustCompile(`[\p{L}0-9][\p{L}0-9._+-]*\s?(?:@|\(at\)|\[at\])\s?[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+`)
	phoneNumber = regexp.MustCompile(`(?i)(?:\+[0-9]{1,3}[ ./()0-9-]{6,}|(?:\b(?:t|m|p|tel|tél|tlf|puh|teléfono|telefono|telefone|telefon|téléphone|telefoon|phone|mobile|mobil|handy|cell|call|fax|whatsapp|gsm|zalo|hotline|telepon|hp|ĐT|điện thoại|телефон|тел|моб|τηλ|τηλέφωνο)\b|هاتف|تلفن|טל|טלפון|दूरभाष|फोन|โทร|电话|電話|☎|📞|✆|전화|연락처|TEL|Tel)[^\p{L}0-9]{0,4}[0-9(+][ ./()0-9–-]{3,}|\b[0-9(][0-9)]{1,4}[ ./-][0-9]{2,4}[ ./-][0-9 ./-]{2,}[0-9])`)
)

// namesPerson reports whether two capitalised words follow each other in a
// line, behind its first: the name of somebody.
func namesPerson(s string) bool {
	names := 0
	first := true
	for w := range strings.FieldsSeq(s) {
		if first {
			first = false
			continue
		}
		r, size := utf8.DecodeRuneInString(w)
		rest := w[size:]
		if unicode.IsUpper(r) && rest != "" && strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLower(r) && r != '-' && r != '\'' }) < 0 {
			if names++; names == 2 {
				return true
			}
			continue
		}
		names = 0
	}
	return false
}
