package parse

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decodeBytes makes clean Unicode of what a source sent: no invalid UTF-8, no
// character that XML forbids, line feeds for line ends. The byte order mark
// is believed first, then HTTP's charset, then the document's declaration
// (RFC 7303 §3); bytes that are plainly UTF-8 overrule the latter two, and
// where no declaration fits, the bytes decide.
func decodeBytes(body []byte, header http.Header, f *faults) string {
	if e, n := byteOrder(body); e != nil {
		return clean(convert(e, body[n:], f), f)
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	sent, inside := headerCharset(header), prologCharset(body)
	if e := sevenBit(body, sent, inside); e != nil {
		return clean(convert(e, body, f), f)
	}
	tally := count(body)
	if tally.bad == 0 && (tally.long > 0 || tally.wide == 0 || !multibyte(sent, inside)) {
		if tally.wide > 0 && (foreign(sent) || sent == "" && foreign(inside)) {
			f.add(wrongCharset, -1)
		}
		return clean(string(body), f)
	}
	if tally.bad > 0 && tally.wide > 2*tally.bad {
		f.add(badBytes, -1)
		return clean(patch(body), f)
	}
	e, declared := choose(body, sent, inside)
	if !declared {
		f.add(wrongCharset, -1)
	}
	return clean(convert(e, body, f), f)
}

// byteOrder finds a byte order mark of UTF-16 or UTF-32, or the pattern that
// "<" or "{" makes there without one.
func byteOrder(b []byte) (e encoding.Encoding, skip int) {
	if len(b) < 4 {
		return nil, 0
	}
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	switch {
	case b[0] == 0xFF && b[1] == 0xFE && b[2] == 0 && b[3] == 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4
	case b[0] == 0 && b[1] == 0 && b[2] == 0xFE && b[3] == 0xFF:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4
	case b[0] == 0xFF && b[1] == 0xFE:
		return le, 2
	case b[0] == 0xFE && b[1] == 0xFF:
		return be, 2
	case begins(b[0]) && b[1] == 0 && b[2] == 0 && b[3] == 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 0
	case b[0] == 0 && b[1] == 0 && b[2] == 0 && begins(b[3]):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 0
	case b[0] == 0x4C && b[1] == 0x6F && b[2] == 0xA7 && b[3] == 0x94: // "<?xm" in EBCDIC (XML 1.0 appendix F)
		return charmap.CodePage037, 0
	case begins(b[0]) && b[1] == 0 && b[3] == 0:
		return le, 0
	case b[0] == 0 && begins(b[1]) && b[2] == 0:
		return be, 0
	}
	return nil, 0
}

func begins(c byte) bool { return c == '<' || c == '{' || isSpace(c) }

// headerCharset is the charset of Content-Type.
func headerCharset(h http.Header) string {
	_, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		_, after, ok := strings.Cut(strings.ToLower(h.Get("Content-Type")), "charset=")
		if !ok {
			return ""
		}
		return label(after)
	}
	return label(params["charset"])
}

// prologCharset is the encoding of the XML declaration.
func prologCharset(b []byte) string {
	b = b[:min(len(b), 2048)]
	i := bytes.Index(b, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	declaration, _, ok := bytes.Cut(b[i:], []byte(">"))
	if !ok {
		return ""
	}
	_, after, ok := bytes.Cut(declaration, []byte("encoding"))
	if !ok {
		return ""
	}
	value := strings.TrimLeft(string(after), " \t\r\n=")
	if value == "" {
		return ""
	}
	if q := value[0]; q == '"' || q == '\'' {
		value, _, _ = strings.Cut(value[1:], value[:1])
	}
	return label(value)
}

// label is a charset's name as the tables have it.
func label(t string) string {
	t = strings.ToLower(strings.Trim(t, " \t\r\n\"';"))
	if i := strings.IndexAny(t, " ;,?"); i >= 0 {
		t = t[:i]
	}
	return t
}

// find returns the encoding of a label as browsers know it (WHATWG Encoding
// §4.2), else as IANA does; nil when nobody does.
func find(name string) encoding.Encoding {
	if name == "" {
		return nil
	}
	if known, ok := aliases[name]; ok {
		name = known
	}
	for _, alias := range []string{name, strings.ReplaceAll(name, "_", "-"), "windows-" + strings.TrimLeft(name, "winodscp-_")} {
		if alias == "gb2312" || alias == "gbk" {
			return simplifiedchinese.GB18030 // holds both
		}
		if e, err := htmlindex.Get(alias); err == nil {
			if canonical, _ := htmlindex.Name(e); canonical == "replacement" {
				return nil
			} else if canonical == "gbk" {
				return simplifiedchinese.GB18030
			}
			return e
		}
		if e, err := ianaindex.IANA.Encoding(alias); err == nil && e != nil {
			return e
		}
	}
	return nil
}

// aliases are labels in use that no registry has.
var aliases = map[string]string{
	"latin-1": "latin1", "latin-9": "iso-8859-15", "macroman": "macintosh", "mac-roman": "macintosh", "mac": "macintosh",
	"maccyrillic": "x-mac-cyrillic", "mac-cyrillic": "x-mac-cyrillic", "sjis": "shift_jis", "shift-jis": "shift_jis",
	"eucjp": "euc-jp", "euckr": "euc-kr", "big-5": "big5", "koi8": "koi8-r", "ansi": "windows-1252", "utf-8n": "utf-8",
	"ks_c_5601": "euc-kr", "cp936": "gbk", "cp932": "shift_jis", "cp949": "euc-kr", "cp950": "big5",
}

// foreign reports whether a label names an encoding other than UTF-8 and
// ASCII.
func foreign(name string) bool {
	e := find(name)
	if e == nil {
		return false
	}
	canonical, _ := htmlindex.Name(e)
	return canonical != "utf-8" && name != "us-ascii" && name != "ascii"
}

// sevenBit finds the encodings whose bytes are all ASCII's: ISO-2022-JP by
// its escapes where it is declared or nothing is, HZ where it is declared.
func sevenBit(body []byte, sent, inside string) encoding.Encoding {
	escapes := bytes.Contains(body, []byte("\x1b$B")) || bytes.Contains(body, []byte("\x1b$@"))
	if escapes && (strings.HasPrefix(sent, "iso-2022-jp") || strings.HasPrefix(inside, "iso-2022-jp") || sent == "" && inside == "") {
		return japanese.ISO2022JP
	}
	if (strings.HasPrefix(sent, "hz") || strings.HasPrefix(inside, "hz")) && bytes.Contains(body, []byte("~{")) {
		return simplifiedchinese.HZGB2312
	}
	return nil
}

// multibyte reports whether the declaration in force names an encoding in
// which two bytes make a character, so that few of them may look like UTF-8.
func multibyte(sent, inside string) bool {
	name := sent
	if name == "" {
		name = inside
	}
	e := find(name)
	if e == nil {
		return false
	}
	canonical, err := htmlindex.Name(e)
	if err != nil {
		return false
	}
	switch canonical {
	case "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr":
		return true
	}
	return false
}

// tally is how well bytes read as UTF-8.
type tally struct {
	wide int // characters of two bytes and more
	long int // of them, of three bytes and more
	bad  int // bytes that are none
}

func count(b []byte) tally {
	var c tally
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			n := 1
			for n < len(b) && b[n] < utf8.RuneSelf {
				n++
			}
			b = b[n:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			c.bad++
		case n > 2:
			c.long++
			fallthrough
		default:
			c.wide++
		}
		b = b[n:]
	}
	return c
}

// patch makes UTF-8 of bytes that nearly are. A lone byte that means the same
// punctuation in every windows code page is that; any other is replaced.
func patch(b []byte) string {
	var out strings.Builder
	out.Grow(len(b) + 64)
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			from := i
			for i < len(b) && b[i] < utf8.RuneSelf {
				i++
			}
			out.Write(b[from:i])
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r != utf8.RuneError || n > 1 {
			out.Write(b[i : i+n])
			i += n
			continue
		}
		if lone := (i == 0 || b[i-1] < utf8.RuneSelf) && (i+1 == len(b) || b[i+1] < utf8.RuneSelf); lone && shared[b[i]] {
			out.WriteRune(c1[b[i]-0x80])
		} else {
			out.WriteRune(utf8.RuneError)
		}
		for i++; i < len(b) && b[i] >= 0x80 && b[i] < 0xC0 && b[i-1] >= 0xC0; i++ { // the rest of a character cut short
		}
	}
	return out.String()
}

// shared are the bytes that mean the same in all windows code pages.
var shared = map[byte]bool{
	0x82: true, 0x84: true, 0x85: true, 0x86: true, 0x87: true, 0x89: true, 0x8B: true, 0x91: true, 0x92: true,
	0x93: true, 0x94: true, 0x95: true, 0x96: true, 0x97: true, 0x99: true, 0x9B: true,
}

func convert(e encoding.Encoding, body []byte, f *faults) string {
	t, err := e.NewDecoder().Bytes(body)
	if err != nil || bytes.Contains(t, []byte("\uFFFD")) {
		f.add(badBytes, -1)
	}
	return strings.ToValidUTF8(string(t), "\uFFFD")
}

// clean takes out what XML forbids, makes line feeds of line ends, and reads
// C1 controls as the windows-1252 characters that they were.
func clean(t string, f *faults) string {
	t = strings.TrimPrefix(t, "\uFEFF")
	i := unclean(t)
	if i == len(t) {
		return t
	}
	var b strings.Builder
	b.Grow(len(t))
	for {
		b.WriteString(t[:i])
		t = t[i:]
		if t == "" {
			return b.String()
		}
		switch c := t[0]; {
		case c == '\r':
			b.WriteByte('\n')
			t = strings.TrimPrefix(t[1:], "\n")
		case c < 0x20:
			f.add(badCharacter, b.Len())
			t = t[1:]
		case c == 0xC2:
			b.WriteRune(c1[t[1]-0x80])
			t = t[2:]
		default: // U+FFFE, U+FFFF
			f.add(badCharacter, b.Len())
			t = t[3:]
		}
		i = unclean(t)
	}
}

// unclean returns where the first character stands that clean would change.
func unclean(t string) int {
	for i := 0; i < len(t); i++ {
		if !suspect[t[i]] {
			continue
		}
		switch c := t[i]; {
		case c < 0x20:
			return i
		case c == 0xC2 && i+1 < len(t) && t[i+1] < 0xA0:
			return i
		case c == 0xEF && i+2 < len(t) && t[i+1] == 0xBF && t[i+2] >= 0xBE:
			return i
		}
	}
	return len(t)
}

var suspect = func() (table [256]bool) {
	for c := range 0x20 {
		table[c] = c != '\n' && c != '\t'
	}
	table[0xC2], table[0xEF] = true, true
	return table
}()
